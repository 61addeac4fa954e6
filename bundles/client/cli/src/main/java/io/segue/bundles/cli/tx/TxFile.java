package io.segue.bundles.cli.tx;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.segue.bundles.cli.chain.ChainTypes;
import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.cli.console.Output;
import io.segue.bundles.cli.console.OwnerFiles;
import io.segue.bundles.sdk.proto.tx.Tx;
import io.segue.kernel.api.node.FailureText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Transactions and signatures as files, in the JSON of the Cosmos SDK's tools. */
final class TxFile {
  @Option(
      names = "--output-document",
      paramLabel = "FILE",
      description = "Where the JSON goes; the file must not exist. Default: standard output.")
  private @Nullable Path document;

  @SuppressWarnings("UnusedVariable") // There is one way; who always asks for JSON may ask here.
  @Option(
      names = {"-o", "--output"},
      paramLabel = "json",
      description = "How the result is printed: in JSON, as files have it.")
  private Form form = Form.json;

  /** How results are printed. */
  enum Form {
    json
  }

  /** The transaction of a file. */
  static Tx read(Path file, ChainTypes types) {
    return types.parse("the transaction", json(file), Tx.newBuilder()).build();
  }

  /** The JSON of a file. */
  static JsonNode json(Path file) {
    try {
      return Output.JSON.readTree(Files.readAllBytes(file));
    } catch (JsonProcessingException e) {
      throw new CliException(file + " is no JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new CliException(file + " can't be read: " + FailureText.of(e), e);
    }
  }

  /** Writes JSON where the option says. */
  void write(PrintWriter out, JsonNode json) {
    String text = json.toPrettyString();
    if (document == null) {
      out.println(text);
      out.flush();
    } else {
      OwnerFiles.writeNew(document, text + "\n");
    }
  }
}
