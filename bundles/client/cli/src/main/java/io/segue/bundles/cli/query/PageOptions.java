package io.segue.bundles.cli.query;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.cli.console.Output;
import io.segue.bundles.sdk.proto.base.PageRequest;
import java.util.Base64;
import picocli.CommandLine.Option;

/** Options of queries that answer page by page. */
final class PageOptions {
  @Option(
      names = {"--page-limit", "--limit"},
      paramLabel = "N",
      description = "Entries of a page. Default: ${DEFAULT-VALUE}.")
  private long limit = 100;

  @Option(
      names = {"--page-offset", "--offset"},
      paramLabel = "N",
      description = "Entries to leave out before the page.")
  private long offset;

  @Option(
      names = "--page-key",
      paramLabel = "KEY",
      description = "Where the page begins: next_key of the page before.")
  private String key = "";

  @Option(
      names = {"--page-count-total", "--count-total"},
      description = "Counts all entries.")
  private boolean countTotal;

  PageRequest request() {
    return PageRequest.newBuilder()
        .setLimit(checked("--page-limit", limit))
        .setOffset(checked("--page-offset", offset))
        .setCountTotal(countTotal)
        .setKey(ByteString.copyFrom(decoded()))
        .build();
  }

  /** As {@link #request}, in the JSON of a PageRequest. */
  ObjectNode json() {
    return Output.object()
        .put("limit", checked("--page-limit", limit))
        .put("offset", checked("--page-offset", offset))
        .put("count_total", countTotal)
        .put("key", decoded());
  }

  /** A number that the node would take for one of 2^63 or more is refused. */
  private static long checked(String name, long value) {
    if (value < 0) {
      throw new CliException(name + " " + value + " is refused; it must be 0 or more");
    }
    return value;
  }

  private byte[] decoded() {
    try {
      return Base64.getDecoder().decode(key);
    } catch (IllegalArgumentException e) {
      throw new CliException(
          "--page-key " + key + " is refused; take it from next_key of the page before", e);
    }
  }
}
