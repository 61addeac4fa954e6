package io.segue.kernel.api.module;

/**
 * A refusal with a registered error: what a transaction's result shows as code, codespace and log.
 * It carries no stack trace.
 */
public class ModuleException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String codespace;
  private final int code;

  /**
   * A refusal.
   *
   * @param codespace {@code sdk} or a module's name
   * @param code greater than 0, unique in its codespace
   * @param log full text, {@code <detail>: <registered text>}
   */
  public ModuleException(String codespace, int code, String log) {
    super(log, null, false, false);
    this.codespace = codespace;
    this.code = code;
  }

  public String codespace() {
    return codespace;
  }

  public int code() {
    return code;
  }

  /** The full text; never null. */
  public String log() {
    return String.valueOf(getMessage());
  }
}
