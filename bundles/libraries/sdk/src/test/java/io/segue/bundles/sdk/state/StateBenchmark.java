package io.segue.bundles.sdk.state;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.segue.bundles.sdk.SortedStore;
import io.segue.kernel.api.module.KVIterator;
import io.segue.kernel.api.module.KVStore;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Balances in typed collections beside balances under keys that are put together by hand, in a
 * store in memory, which costs less than any other: the difference is what the collections cost.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx512m")
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 9, time = 1)
public class StateBenchmark {
  private static final int ACCOUNTS = 1_000;
  private static final String[] DENOMS = {"stake", "uatom", "ufee", "uosmo", "ustake"};
  private static final PairKey<byte[], String> BALANCE = Keys.pair(Keys.address(), Keys.text());

  private final Schema schema = new Schema();
  private final IndexedTable<Pair<byte[], String>, BigInteger> balances =
      schema.indexedTable("balances", Prefix.of(2), BALANCE, Values.decimal());
  private final KeySet<Pair<String, byte[]>> holders =
      schema.keySet("holders", Prefix.of(3), Keys.pair(Keys.terminatedText(), Keys.address()), 0);

  private final SortedStore store = new SortedStore();
  private final byte[][] addresses = new byte[ACCOUNTS][];
  private int turn;

  public StateBenchmark() {
    balances.index(holders, key -> Pair.of(key.second(), key.first()));
  }

  /** Gives each account some of each denomination. */
  @Setup
  public void fill() {
    for (int i = 0; i < ACCOUNTS; i++) {
      addresses[i] = ByteBuffer.allocate(20).putInt(i * 0x9E3779B9).putInt(i).array();
      for (String denom : DENOMS) {
        balances.set(store, Pair.of(addresses[i], denom), BigInteger.valueOf(1_000_000L + i));
      }
    }
  }

  @Benchmark
  public BigInteger readTyped() {
    return balances.rows().getOr(store, Pair.of(next(), denom()), BigInteger.ZERO);
  }

  @Benchmark
  public BigInteger readByHand() {
    byte[] value = store.get(key(next(), denom()));
    return value == null ? BigInteger.ZERO : amount(value);
  }

  @Benchmark
  public void changeTyped() {
    Pair<byte[], String> key = Pair.of(next(), denom());
    Optional<BigInteger> before = balances.rows().find(store, key);
    balances.replace(
        store, key, before, Optional.of(before.orElse(BigInteger.ZERO).add(BigInteger.ONE)));
  }

  @Benchmark
  public void changeByHand() {
    byte[] address = next();
    String denom = denom();
    byte[] key = key(address, denom);
    byte[] before = store.get(key);
    BigInteger after = (before == null ? BigInteger.ZERO : amount(before)).add(BigInteger.ONE);
    store.set(key, after.toString().getBytes(US_ASCII));
    if (before == null) {
      store.set(index(address, denom), new byte[1]);
    }
  }

  @Benchmark
  public BigInteger walkTyped() {
    BigInteger[] sum = {BigInteger.ZERO};
    balances
        .rows()
        .forEach(
            store,
            BALANCE.startingWith(next()),
            (key, amount) -> sum[0] = sum[0].add(amount).add(BigInteger.valueOf(size(key))));
    return sum[0];
  }

  @Benchmark
  public BigInteger walkByHand() {
    BigInteger sum = BigInteger.ZERO;
    byte[] prefix = key(next(), "");
    try (KVIterator entries = store.iterate(prefix, KVStore.prefixEnd(prefix))) {
      while (entries.next()) {
        byte[] key = entries.key();
        int start = 2 + Byte.toUnsignedInt(key[1]);
        byte[] address = Arrays.copyOfRange(key, 2, start);
        String denom = new String(key, start, key.length - start, US_ASCII);
        sum =
            sum.add(amount(entries.value()))
                .add(BigInteger.valueOf(address.length + (long) denom.length()));
      }
    }
    return sum;
  }

  private static long size(Pair<byte[], String> key) {
    return key.first().length + (long) key.second().length();
  }

  private byte[] next() {
    turn = (turn + 791) % (ACCOUNTS * DENOMS.length);
    return addresses[turn % ACCOUNTS];
  }

  private String denom() {
    return DENOMS[turn % DENOMS.length];
  }

  private static BigInteger amount(byte[] value) {
    return new BigInteger(new String(value, US_ASCII));
  }

  private static byte[] key(byte[] address, String denom) {
    byte[] key = new byte[2 + address.length + denom.length()];
    key[0] = 2;
    key[1] = (byte) address.length;
    System.arraycopy(address, 0, key, 2, address.length);
    byte[] text = denom.getBytes(US_ASCII);
    System.arraycopy(text, 0, key, 2 + address.length, text.length);
    return key;
  }

  private static byte[] index(byte[] address, String denom) {
    byte[] key = new byte[3 + denom.length() + address.length];
    key[0] = 3;
    byte[] text = denom.getBytes(US_ASCII);
    System.arraycopy(text, 0, key, 1, text.length);
    key[2 + text.length] = (byte) address.length;
    System.arraycopy(address, 0, key, 3 + text.length, address.length);
    return key;
  }
}
