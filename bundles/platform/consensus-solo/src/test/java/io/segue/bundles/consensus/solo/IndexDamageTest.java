package io.segue.bundles.consensus.solo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.segue.bundles.consensus.solo.wire.Merkle;
import io.segue.kernel.api.engine.Engine.MempoolException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An index whose files are damaged finds every transaction again. */
class IndexDamageTest {
  private static final int TXS = 4;

  /** How the last row of each record begins: put, length of the key, key, length of the value. */
  private static final byte[] LAST_ROW = {1, 1, 'n', 8};

  /** Bytes at the end of a file that are damaged. */
  private static final int TAIL_BYTES = 280;

  /** Not every offset: each opens a database. */
  private static final int STEP_BYTES = Integer.getInteger("index.damage.step", 67);

  private final FakeApplication application = new FakeApplication();
  private final EngineHome home;
  private final Map<Path, byte[]> whole = new LinkedHashMap<>();

  IndexDamageTest(@TempDir Path folder) {
    home = new EngineHome(folder);
  }

  @BeforeEach
  void indexSome() throws IOException {
    try (SoloEngine engine = home.engine(application)) {
      for (int i = 1; i <= TXS; i++) {
        offer(engine, i);
        AgentSteps.runTo(engine, i);
      }
    }
    try (Stream<Path> files = Files.list(index())) {
      for (Path file : files.toList()) {
        whole.put(file, Files.readAllBytes(file));
      }
    }
  }

  @Test
  void findsAllWhereAFileIsCut() throws IOException {
    damage((bytes, at) -> Arrays.copyOf(bytes, at));
  }

  @Test
  void findsAllWhereZerosTakeThePlaceOfTheEndOfAFile() throws IOException {
    damage((bytes, at) -> Arrays.copyOf(Arrays.copyOf(bytes, at), bytes.length));
  }

  @Test
  void findsAllWhereABitOfAFileIsFlipped() throws IOException {
    damage(
        (bytes, at) -> {
          byte[] damaged = bytes.clone();
          damaged[at] ^= (byte) (1 << (at % 8));
          return damaged;
        });
  }

  @Test
  void findsAllWhereTheEndOfAFileIsThereTwice() throws IOException {
    damage(IndexDamageTest::twice);
  }

  /** RocksDB takes the last bytes of a record for the head of one, and reads it for ever. */
  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void findsAllWhereTheLogGoesOnWithTheEndOfARecordAndThoseAfterIt() throws IOException {
    Path log =
        whole.keySet().stream()
            .filter(file -> file.toString().endsWith(".log"))
            .findFirst()
            .orElseThrow();
    byte[] bytes = whole.get(log);
    int tried = 0;
    for (int at = 0; at + LAST_ROW.length < bytes.length; at++) {
      if (Arrays.equals(bytes, at, at + LAST_ROW.length, LAST_ROW, 0, LAST_ROW.length)) {
        restore();
        Files.write(log, twice(bytes, at - 3));
        assertFindsAll(log + " at " + at);
        tried++;
      }
    }
    assertThat(tried).isGreaterThanOrEqualTo(TXS);
  }

  private static byte[] twice(byte[] bytes, int at) {
    byte[] damaged = Arrays.copyOf(bytes, 2 * bytes.length - at);
    System.arraycopy(bytes, at, damaged, bytes.length, bytes.length - at);
    return damaged;
  }

  @Test
  void findsAllWhereAFileIsGone() throws IOException {
    for (Path file : whole.keySet()) {
      restore();
      Files.delete(file);
      assertFindsAll(file + " gone");
    }
  }

  @FunctionalInterface
  private interface Damage {
    byte[] to(byte[] bytes, int at);
  }

  private void damage(Damage damage) throws IOException {
    for (Map.Entry<Path, byte[]> file : whole.entrySet()) {
      if (!isRead(file.getKey())) {
        continue;
      }
      int length = file.getValue().length;
      for (int at = Math.max(0, length - TAIL_BYTES); at < length; at += STEP_BYTES) {
        restore();
        Files.write(file.getKey(), damage.to(file.getValue(), at));
        assertFindsAll(file.getKey() + " at " + at);
      }
    }
  }

  /** RocksDB reads no others of its files when it opens. */
  private static boolean isRead(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.matches("[0-9]+\\..*") || name.startsWith("MANIFEST") || name.equals("CURRENT");
  }

  private void restore() throws IOException {
    EngineHome.deleteAll(index());
    Files.createDirectories(index());
    for (Map.Entry<Path, byte[]> file : whole.entrySet()) {
      Files.write(file.getKey(), file.getValue());
    }
  }

  private void assertFindsAll(String damage) {
    try (SoloEngine engine = home.engine(application)) {
      AgentSteps.until(engine, () -> engine.height() >= TXS);
      while (engine.indexWork() > 0) {}
      assertThat(engine.parts().get(1).hold()).as(damage).isEmpty();
      for (int i = 1; i <= TXS; i++) {
        assertThat(engine.tx(Merkle.sha256(tx(i)))).as(damage).isPresent();
      }
    }
  }

  private static void offer(SoloEngine engine, int number) {
    try {
      engine.broadcast(tx(number));
    } catch (MempoolException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] tx(int number) {
    return ("tx " + number).getBytes(UTF_8);
  }

  private Path index() {
    return home.blocks().resolve("index");
  }
}
