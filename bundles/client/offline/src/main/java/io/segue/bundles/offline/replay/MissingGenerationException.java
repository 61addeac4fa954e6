package io.segue.bundles.offline.replay;

import io.segue.bundles.cli.console.CliException;

/** A generation that the chain ran is nowhere to be found; the message names it and the place. */
final class MissingGenerationException extends CliException {
  private static final long serialVersionUID = 1L;

  MissingGenerationException(String message) {
    super(message);
  }
}
