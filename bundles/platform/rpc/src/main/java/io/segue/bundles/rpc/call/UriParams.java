package io.segue.bundles.rpc.call;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Parameters from the query part of a URI: texts stand in double quotes, bytes as {@code 0x} and
 * hex or as a quoted text, numbers with quotes or without.
 */
public final class UriParams implements CallParams {
  private final Map<String, List<String>> values;

  /** Parameters of a query or a form, decoded; of those of one name the first counts. */
  public UriParams(Map<String, List<String>> values) {
    this.values = values;
  }

  @Override
  public boolean has(String name) {
    return !value(name).isEmpty();
  }

  @Override
  public String text(String name) throws RpcException {
    String value = value(name);
    if (value.isEmpty()) {
      return "";
    }
    if (!isQuoted(value)) {
      throw RpcException.invalidParams(name + " must stand in double quotes");
    }
    return unquoted(value);
  }

  @Override
  public OptionalLong number(String name) throws RpcException {
    String value = value(name);
    return value.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(JsonParams.parse(isQuoted(value) ? unquoted(value) : value));
  }

  @Override
  public boolean flag(String name) throws RpcException {
    String value = has(name) ? value(name) : "false";
    if (!value.equals("true") && !value.equals("false")) {
      throw RpcException.invalidParams(name + " must be true or false");
    }
    return value.equals("true");
  }

  @Override
  public byte[] base64(String name) throws RpcException {
    return hex(name);
  }

  @Override
  public byte[] hex(String name) throws RpcException {
    String value = value(name);
    if (!value.regionMatches(true, 0, "0x", 0, 2)) {
      return text(name).getBytes(StandardCharsets.UTF_8);
    }
    try {
      return HexFormat.of().parseHex(value, 2, value.length());
    } catch (IllegalArgumentException e) {
      throw RpcException.invalidParams(name + " is no hex text");
    }
  }

  private static boolean isQuoted(String value) {
    return value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
  }

  private static String unquoted(String value) {
    return value.substring(1, value.length() - 1);
  }

  private String value(String name) {
    return values.getOrDefault(name, List.of("")).get(0);
  }
}
