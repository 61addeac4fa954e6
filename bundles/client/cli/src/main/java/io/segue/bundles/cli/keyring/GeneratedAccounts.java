package io.segue.bundles.cli.keyring;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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
    try {
      byte[] seed = (SEED + index).getBytes(StandardCharsets.UTF_8);
      return Key.ofSecret(MessageDigest.getInstance("SHA-256").digest(seed));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
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
