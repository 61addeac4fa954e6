package io.segue.bundles.rpc;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Parameters from the query part of a URI: texts stand in double quotes, bytes as {@code 0x} and
 * hex or as a quoted text, numbers with quotes or without.
 */
final class UriParams implements Params {
  private final Map<String, String> values = new HashMap<>();

  /** Parameters of a raw, still encoded query part. */
  UriParams(String rawQuery) {
    for (String pair : rawQuery.split("&")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        values.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
      }
    }
  }

  @Override
  public boolean has(String name) {
    return !values.getOrDefault(name, "").isEmpty();
  }

  @Override
  public String text(String name) throws RpcException {
    String value = values.getOrDefault(name, "");
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
    String value = values.getOrDefault(name, "");
    return value.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(JsonParams.parse(isQuoted(value) ? unquoted(value) : value));
  }

  @Override
  public boolean flag(String name) throws RpcException {
    String value = values.getOrDefault(name, "false");
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
    String value = values.getOrDefault(name, "");
    if (!value.startsWith("0x")) {
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

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
