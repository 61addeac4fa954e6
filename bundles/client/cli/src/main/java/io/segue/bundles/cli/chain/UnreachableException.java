package io.segue.bundles.cli.chain;

import io.segue.bundles.cli.console.CliException;
import java.net.URI;

/** No node listens there; waiting may help. */
public final class UnreachableException extends CliException {
  private static final long serialVersionUID = 1L;

  UnreachableException(URI uri, Throwable cause) {
    super(
        "no node answers at " + uri + "; start one with segue start, or name another with --node",
        cause);
  }
}
