package io.segue.bundles.cli.chain;

import io.segue.bundles.cli.console.CliException;

/** The node refused a query, with a code. */
public final class QueryRefusedException extends CliException {
  private static final long serialVersionUID = 1L;

  private final String codespace;
  private final long code;
  private final String log;

  QueryRefusedException(String path, String codespace, long code, String log) {
    super("the node refuses " + path + " with " + codespace + "/" + code + ": " + log);
    this.codespace = codespace;
    this.code = code;
    this.log = log;
  }

  /** The node's reason, in its words. */
  public String log() {
    return log;
  }

  /** Whether it was for this reason. */
  public boolean is(String ofCodespace, long ofCode) {
    return codespace.equals(ofCodespace) && code == ofCode;
  }
}
