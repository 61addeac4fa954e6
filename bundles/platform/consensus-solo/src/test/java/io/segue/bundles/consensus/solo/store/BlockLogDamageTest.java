package io.segue.bundles.consensus.solo.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log whose end is damaged at every offset of its last records. */
class BlockLogDamageTest {
  private static final int BLOCK = 1;
  private static final int RESULTS = 2;
  private static final long HEIGHTS = 4;

  /** Damage is done from the records of this height on. */
  private static final long DAMAGED_FROM = 3;

  @TempDir Path folder;

  private final List<Written> written = new ArrayList<>();
  private byte[] whole = {};
  private int damagedFrom;

  private record Written(int kind, long height, byte[] payload, int end) {}

  @BeforeEach
  void writeALog() throws IOException {
    try (BlockLog log = open()) {
      for (long height = 1; height <= HEIGHTS; height++) {
        if (height == DAMAGED_FROM) {
          damagedFrom = (int) Files.size(file());
        }
        append(log, BLOCK, height);
        append(log, RESULTS, height);
        log.force();
      }
    }
    whole = Files.readAllBytes(file());
  }

  @Test
  void goesOnWhereItIsCutAnywhere() throws IOException {
    for (int size = 0; size <= whole.length; size++) {
      check("cut to " + size, Arrays.copyOf(whole, size), size);
    }
  }

  @Test
  void goesOnWhereZerosTakeThePlaceOfItsEnd() throws IOException {
    for (int from = damagedFrom; from < whole.length; from++) {
      byte[] damaged = whole.clone();
      Arrays.fill(damaged, from, damaged.length, (byte) 0);
      check("zeros from " + from, damaged, from);
    }
  }

  @Test
  void goesOnWhereZerosFollowItsEnd() throws IOException {
    for (int zeros = 1; zeros <= 120; zeros++) {
      check(zeros + " zeros", Arrays.copyOf(whole, whole.length + zeros), whole.length);
    }
  }

  @Test
  void goesOnWhereABitIsFlippedAnywhereInItsLastRecords() throws IOException {
    for (int at = damagedFrom; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= (byte) (1 << (at % 8));
      check("bit flipped at " + at, damaged, at);
    }
  }

  @Test
  void goesOnWhereItsEndIsThereTwice() throws IOException {
    for (int from = damagedFrom; from < whole.length; from++) {
      byte[] tail = Arrays.copyOfRange(whole, from, whole.length);
      byte[] damaged = Arrays.copyOf(whole, whole.length + tail.length);
      System.arraycopy(tail, 0, damaged, whole.length, tail.length);
      check("tail from " + from + " again", damaged, whole.length);
    }
  }

  @Test
  void goesOnWhereItsFileIsNothingButZeros() throws IOException {
    check("zeros", new byte[whole.length], 0);
  }

  /** What stands whole before the damage is there, nothing wrong is, and the log goes on. */
  private void check(String damage, byte[] bytes, int damagedAt) throws IOException {
    Files.write(file(), bytes);
    long last;
    try (BlockLog log = open()) {
      for (Written record : written) {
        Optional<byte[]> found = payload(log, record.kind(), record.height());
        if (record.end() <= damagedAt) {
          assertThat(found).as(damage).isPresent();
        }
        found.ifPresent(payload -> assertThat(payload).as(damage).isEqualTo(record.payload()));
      }
      last = log.lastHeight(RESULTS).orElse(0L);
      log.append(BLOCK, last + 1, new byte[] {1}, new byte[] {2}, 1);
      log.force();
    }
    try (BlockLog log = open()) {
      assertThat(payload(log, BLOCK, last + 1).orElseThrow()).as(damage).containsExactly(1, 2);
      assertThat(log.lastHeight(RESULTS).orElse(0L)).as(damage).isEqualTo(last);
    }
  }

  private void append(BlockLog log, int kind, long height) throws IOException {
    byte[] payload = new byte[(int) (20 + 3 * height + kind)];
    Arrays.fill(payload, (byte) (16 * height + kind));
    log.append(kind, height, new byte[0], payload, payload.length);
    written.add(new Written(kind, height, payload, (int) Files.size(file())));
  }

  private static Optional<byte[]> payload(BlockLog log, int kind, long height) throws IOException {
    Optional<BlockLog.Place> place = log.find(kind, height);
    return place.isEmpty()
        ? Optional.empty()
        : Optional.of(place.get().segment().payload(place.get().offset()));
  }

  private BlockLog open() throws IOException {
    return new BlockLog(folder, BlockLog.SEGMENT_BYTES, Long.MAX_VALUE);
  }

  private Path file() {
    return folder.resolve("00000000000000000001.log");
  }
}
