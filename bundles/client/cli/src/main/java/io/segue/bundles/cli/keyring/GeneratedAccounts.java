package io.segue.bundles.cli.keyring;

import io.segue.bundles.nodes.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;

/**
 * Accounts for benchmarks, the same on every run: the secret of account i is SHA-256 of {@code
 * "segue bench account " + i}. Everybody knows these keys.
 */
public final class GeneratedAccounts {
  private static final String SEED = "segue bench account ";
  private static final int ADDRESS_BYTES = 20;

  private GeneratedAccounts() {}

  /** The key of one account. */
  public static Key key(int index) {
    return Key.ofSecret(Sha256.of((SEED + index).getBytes(StandardCharsets.UTF_8)));
  }

  /** The addresses of the first {@code count} accounts, 20 bytes each, one after the other. */
  public static byte[] addresses(int count) {
    byte[] all = new byte[Math.multiplyExact(count, ADDRESS_BYTES)];
    IntStream.range(0, count)
        .parallel()
        .forEach(i -> System.arraycopy(key(i).address(), 0, all, i * ADDRESS_BYTES, ADDRESS_BYTES));
    return all;
  }
}
