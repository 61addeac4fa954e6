package io.segue.bundles.services;

import java.util.Map;

/**
 * What clients are told of the operator's settings, as they stand in {@code etc/}.
 *
 * @param version of this software
 * @param rpcAddress where the node serves JSON-RPC, as {@code tcp://host:port}; empty where it does
 *     not
 * @param haltHeight height at which the node stops; 0 for none
 */
record NodeFacts(
    String version,
    String rpcAddress,
    String minimumGasPrices,
    String pruningKeepRecent,
    String pruningInterval,
    long haltHeight) {
  /** Of the properties that the settings of kernel, store and JSON-RPC are together. */
  static NodeFacts of(String version, Map<String, ?> settings) {
    String port = text(settings, "port", "");
    return new NodeFacts(
        version,
        port.isEmpty() ? "" : "tcp://" + text(settings, "host", "127.0.0.1") + ":" + port,
        text(settings, "minimumGasPrices", ""),
        text(settings, "pruning-keep-recent", "0"),
        text(settings, "pruning-interval", "0"),
        height(text(settings, "halt-height", "0")));
  }

  private static String text(Map<String, ?> settings, String key, String absent) {
    Object value = settings.get(key);
    return value == null ? absent : value.toString();
  }

  private static long height(String text) {
    return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
  }
}
