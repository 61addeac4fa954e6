package io.segue.bundles.rpc.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * Parameters from the body of a request: by name, or by position. As CometBFT does it, numbers of
 * 64 bits are texts, and {@code null} counts as absent.
 */
public final class JsonParams implements CallParams {
  private final List<String> names;
  private final JsonNode params;

  /**
   * Parameters.
   *
   * @param names of the method's parameters, in order of position
   */
  public JsonParams(List<String> names, JsonNode params) throws RpcException {
    if (!params.isMissingNode() && !params.isNull() && !params.isContainerNode()) {
      throw RpcException.invalidParams("unknown type for JSON params");
    }
    this.names = names;
    this.params = params;
  }

  @Override
  public boolean has(String name) {
    return !value(name).isMissingNode();
  }

  @Override
  public String text(String name) throws RpcException {
    JsonNode value = value(name);
    if (value.isMissingNode()) {
      return "";
    }
    if (!value.isTextual()) {
      throw wrongType(value, "string");
    }
    return value.textValue();
  }

  @Override
  public OptionalLong number(String name) throws RpcException {
    JsonNode value = value(name);
    if (value.isMissingNode()) {
      return OptionalLong.empty();
    }
    if (!value.isTextual()) {
      throw RpcException.invalidParams(
          "invalid 64-bit integer encoding \"" + value + "\", expected string");
    }
    return OptionalLong.of(parse(value.textValue()));
  }

  @Override
  public boolean flag(String name) throws RpcException {
    JsonNode value = value(name);
    if (!value.isMissingNode() && !value.isBoolean()) {
      throw wrongType(value, "bool");
    }
    return value.asBoolean();
  }

  @Override
  public byte[] base64(String name) throws RpcException {
    String text = text(name);
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw RpcException.invalidParams("illegal base64 data at input byte " + firstNotBase64(text));
    }
  }

  @Override
  public byte[] hex(String name) throws RpcException {
    String text = text(name);
    try {
      return HexFormat.of().parseHex(text);
    } catch (IllegalArgumentException e) {
      throw RpcException.invalidParams("encoding/hex: \"" + text + "\" is no hex text");
    }
  }

  static long parse(String text) throws RpcException {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw RpcException.invalidParams(
          text.isEmpty()
              ? "unexpected end of JSON input"
              : "invalid character '" + text.charAt(0) + "' looking for beginning of value");
    }
  }

  private JsonNode value(String name) {
    JsonNode value = params.isArray() ? params.path(names.indexOf(name)) : params.path(name);
    return value.isNull() ? MissingNode.getInstance() : value;
  }

  private static RpcException wrongType(JsonNode value, String wanted) {
    return RpcException.invalidParams(
        "json: cannot unmarshal "
            + value.getNodeType().name().toLowerCase(Locale.ROOT)
            + " into Go value of type "
            + wanted);
  }

  private static int firstNotBase64(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean legal =
          c >= 'A' && c <= 'Z'
              || c >= 'a' && c <= 'z'
              || c >= '0' && c <= '9'
              || c == '+'
              || c == '/';
      if (!legal) {
        return i;
      }
    }
    return text.length();
  }
}
