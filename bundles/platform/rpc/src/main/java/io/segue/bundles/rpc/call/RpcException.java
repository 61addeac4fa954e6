package io.segue.bundles.rpc.call;

/**
 * An error that a client gets: JSON-RPC's code and message, and a text that says what was wrong.
 */
public final class RpcException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int code;
  private final String title;

  private RpcException(int code, String title, String data) {
    super(data, null, false, false);
    this.code = code;
    this.title = title;
  }

  static RpcException parseError(String data) {
    return new RpcException(-32700, "Parse error. Invalid JSON", data);
  }

  public static RpcException invalidRequest(String data) {
    return new RpcException(-32600, "Invalid Request", data);
  }

  public static RpcException methodNotFound() {
    return new RpcException(-32601, "Method not found", "");
  }

  static RpcException invalidParams(String why) {
    return new RpcException(
        -32602, "Invalid params", "error converting json params to arguments: " + why);
  }

  public static RpcException internal(String data) {
    return new RpcException(-32603, "Internal error", data);
  }

  /** Something that the server ends by itself. */
  public static RpcException serverError(String data) {
    return new RpcException(-32000, "Server error", data);
  }

  int code() {
    return code;
  }

  String title() {
    return title;
  }

  /** What was wrong in words; empty where the title says it all. */
  String data() {
    String message = getMessage();
    return message == null ? "" : message;
  }
}
