package io.segue.bundles.store.rocksdb.bench;

import io.segue.bundles.store.rocksdb.RocksStateStore;
import io.segue.bundles.store.rocksdb.database.StoreOptions;
import io.segue.kernel.api.module.KVIterator;
import io.segue.kernel.api.store.StateStore.BulkWriter;
import io.segue.kernel.api.store.StateStore.IndexChange;
import io.segue.kernel.api.store.StateView;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Rewrite of a whole store of balances as an upgrade does it: every entry is read and written again
 * with another key and another value, then the new store takes the place of the old one.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx2g")
@Warmup(iterations = 3)
@Measurement(iterations = 15)
public class BulkRewriteBenchmark {
  private static final int ADDRESS_SIZE = 20;
  private static final byte[] DENOM = "ustake".getBytes(StandardCharsets.US_ASCII);

  @Param("1000000")
  public int entries;

  private Path directory;
  private RocksStateStore store;

  @Setup(Level.Trial)
  public void fill() throws IOException {
    directory =
        Files.createTempDirectory(
            Path.of(System.getProperty("segue.bench.dir", System.getProperty("java.io.tmpdir"))),
            "segue-bench");
    store = RocksStateStore.open(directory, StoreOptions.defaults());
    Random random = new Random(7);
    try (BulkWriter writer = store.bulkWriter()) {
      for (int i = 0; i < entries; i++) {
        byte[] address = new byte[ADDRESS_SIZE];
        random.nextBytes(address);
        ByteBuffer key = ByteBuffer.allocate(2 + ADDRESS_SIZE + DENOM.length);
        key.put((byte) 2).put((byte) ADDRESS_SIZE).put(address).put(DENOM);
        writer.put(key.array(), amount(random.nextInt(1_000_000_000)));
      }
      adopt(writer, 1);
    }
  }

  @Benchmark
  public void rewrite() {
    try (BulkWriter writer = store.bulkWriter();
        StateView view = store.view(store.height());
        KVIterator iterator = view.store("bank").iterate(new byte[0], null, false)) {
      while (iterator.next()) {
        byte[] key = iterator.key().clone();
        // Another place in the order of keys for each entry.
        for (int i = 2; i < 2 + ADDRESS_SIZE; i++) {
          key[i] ^= (byte) 0xa5;
        }
        byte[] value = iterator.value().clone();
        value[0] = value[0] == '9' ? (byte) '1' : (byte) (value[0] + 1);
        writer.put(key, value);
      }
      adopt(writer, store.height() + 1);
    }
  }

  private void adopt(BulkWriter writer, long height) {
    List<IndexChange> index = List.of(new IndexChange.Adopt("bank", writer.finish()));
    store.commit(store.stage(index, new TreeMap<>()), height, Map.of());
  }

  private static byte[] amount(int amount) {
    return Integer.toString(amount).getBytes(StandardCharsets.US_ASCII);
  }

  @TearDown(Level.Trial)
  public void remove() throws IOException {
    store.close();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
