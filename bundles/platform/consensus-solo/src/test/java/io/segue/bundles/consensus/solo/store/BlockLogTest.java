package io.segue.bundles.consensus.solo.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.bundles.consensus.solo.FailingDisk;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlockLogTest {
  private static final int BLOCK = 1;
  private static final int RESULTS = 2;

  private final Path folder;

  BlockLogTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void findsWhatWasAppendedAlsoAfterReopening() throws Exception {
    try (BlockLog log = open()) {
      append(log, BLOCK, 1, 100);
      append(log, RESULTS, 1, 200_000);
      append(log, BLOCK, 2, 0);
      assertThat(payload(log, RESULTS, 1)).hasSize(200_000);
    }
    try (BlockLog log = open()) {
      assertThat(payload(log, BLOCK, 1)).isEqualTo(bytes(100));
      assertThat(payload(log, RESULTS, 1)).isEqualTo(bytes(200_000));
      assertThat(payload(log, BLOCK, 2)).isEmpty();
      assertThat(log.find(RESULTS, 2)).isEmpty();
      assertThat(log.lastHeight(BLOCK)).contains(2L);
      assertThat(log.lastHeight(RESULTS)).contains(1L);
    }
  }

  @Test
  void takesTheLaterOfTwoRecordsOfOneHeight() throws Exception {
    try (BlockLog log = open()) {
      append(log, RESULTS, 1, 10);
      append(log, RESULTS, 1, 20);
    }
    try (BlockLog log = open()) {
      assertThat(payload(log, RESULTS, 1)).hasSize(20);
    }
  }

  @Test
  void removesWhatIsAboveAHeightAndGoesOnThere() throws Exception {
    try (BlockLog log = new BlockLog(folder, 1 << 20, 2)) {
      for (long height = 1; height <= 6; height++) {
        append(log, BLOCK, height, 10);
        append(log, RESULTS, height, 10);
      }
      log.removeAbove(3);
      assertThat(log.lastHeight(RESULTS)).contains(3L);
      assertThat(log.find(BLOCK, 4)).isEmpty();
      append(log, BLOCK, 4, 30);
    }
    try (BlockLog log = open()) {
      assertThat(payload(log, BLOCK, 3)).isEqualTo(bytes(10));
      assertThat(payload(log, BLOCK, 4)).isEqualTo(bytes(30));
      assertThat(log.lastHeight(BLOCK)).contains(4L);
      log.removeAbove(0);
      assertThat(log.lastHeight(BLOCK)).isEmpty();
    }
  }

  @Test
  void forcesTheFolderOfANewFile() throws Exception {
    FailingDisk disk = new FailingDisk();
    try (BlockLog log = new BlockLog(disk, folder, 1 << 20, 2)) {
      append(log, BLOCK, 1, 10);
      assertThat(disk.forced).filteredOn(folder::equals).hasSize(1);
      append(log, BLOCK, 2, 10);
      append(log, BLOCK, 3, 10);
      assertThat(disk.forced).filteredOn(folder::equals).hasSize(2);
    }
  }

  @Test
  void cutsATornRecordAtEveryByte() throws Exception {
    long whole;
    try (BlockLog log = open()) {
      append(log, BLOCK, 1, 50);
      append(log, RESULTS, 1, 60);
      whole = Files.size(file());
      append(log, BLOCK, 2, 70);
    }
    byte[] full = Files.readAllBytes(file());
    for (long size = full.length - 1L; size >= whole; size--) {
      Files.write(file(), Arrays.copyOf(full, (int) size));
      try (BlockLog log = open()) {
        assertThat(log.lastHeight(BLOCK)).as("cut at " + size).contains(1L);
        assertThat(Files.size(file())).isEqualTo(whole);
        append(log, BLOCK, 2, 5);
        assertThat(payload(log, BLOCK, 2)).hasSize(5);
      }
    }
  }

  @Test
  void cutsALastRecordWhoseBytesNeverArrived() throws Exception {
    try (BlockLog log = open()) {
      append(log, BLOCK, 1, 50);
      append(log, RESULTS, 1, 60);
      append(log, BLOCK, 2, 70);
    }
    flipByte(Files.size(file()) - 10);
    try (BlockLog log = open()) {
      assertThat(log.lastHeight(BLOCK)).contains(1L);
      assertThat(log.lastHeight(RESULTS)).contains(1L);
    }
  }

  @Test
  void namesARecordThatIsDamagedFurtherBack() throws Exception {
    try (BlockLog log = open()) {
      for (int height = 1; height <= 10; height++) {
        append(log, BLOCK, height, 50);
      }
    }
    flipByte(Segment.FILE_HEADER_BYTES + Segment.RECORD_HEADER_BYTES + 5);
    try (BlockLog log = open()) {
      assertThat(payload(log, BLOCK, 2)).hasSize(50);
      assertThatThrownBy(() -> payload(log, BLOCK, 1))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("offset 8")
          .hasMessageContaining("restore");
    }
  }

  @Test
  void beginsNewFilesBySizeAndByHeights() throws Exception {
    try (BlockLog log = new BlockLog(folder, 1000, Long.MAX_VALUE)) {
      for (int height = 1; height <= 10; height++) {
        append(log, BLOCK, height, 600);
        append(log, RESULTS, height, 10);
      }
      assertThat(files()).hasSize(5);
      assertThat(payload(log, BLOCK, 7)).hasSize(600);
    }
    Path other = folder.resolve("other");
    try (BlockLog log = new BlockLog(other, 1000, 2)) {
      for (int height = 1; height <= 6; height++) {
        append(log, BLOCK, height, 1);
      }
      assertThat(log.secondFile()).contains(3L);
    }
  }

  @Test
  void removesWholeFilesAndKeepsTheRest() throws Exception {
    try (BlockLog log = new BlockLog(folder, 1000, 2)) {
      for (int height = 1; height <= 9; height++) {
        append(log, BLOCK, height, 1);
      }
      log.removeBelow(6);
      assertThat(log.firstHeight(BLOCK)).contains(5L);
      assertThat(log.find(BLOCK, 4)).isEmpty();
      log.removeBelow(100);
      assertThat(log.lastHeight(BLOCK)).as("the newest file stays").contains(9L);
    }
    try (BlockLog log = new BlockLog(folder, 1000, 2)) {
      assertThat(log.firstHeight(BLOCK)).contains(9L);
    }
  }

  @Test
  void refusesAFileOfAnotherFormat() throws Exception {
    Files.createDirectories(folder);
    Files.writeString(file(), "something else entirely");
    assertThatThrownBy(this::open)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no block log");
  }

  @Test
  void survivesTheInterruptOfAReader() throws Exception {
    try (BlockLog log = open()) {
      append(log, BLOCK, 1, 10);
      Thread.currentThread().interrupt();
      assertThat(payload(log, BLOCK, 1)).hasSize(10);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(payload(log, BLOCK, 1)).hasSize(10);
      append(log, BLOCK, 2, 10);
      assertThat(payload(log, BLOCK, 2)).hasSize(10);
    }
  }

  private BlockLog open() throws IOException {
    return new BlockLog(folder, BlockLog.SEGMENT_BYTES, Long.MAX_VALUE);
  }

  private Path file() {
    return folder.resolve("00000000000000000001.log");
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  private void flipByte(long offset) throws IOException {
    try (RandomAccessFile raw = new RandomAccessFile(file().toFile(), "rw")) {
      raw.seek(offset);
      int old = raw.read();
      raw.seek(offset);
      raw.write(old ^ 1);
    }
  }

  private static void append(BlockLog log, int kind, long height, int length) throws IOException {
    byte[] payload = bytes(length);
    int first = length / 3;
    log.append(
        kind,
        height,
        Arrays.copyOf(payload, first),
        Arrays.copyOfRange(payload, first, length + 7),
        length - first);
  }

  private static byte[] payload(BlockLog log, int kind, long height) throws IOException {
    BlockLog.Place place = log.find(kind, height).orElseThrow();
    return place.segment().payload(place.offset());
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i * 31);
    }
    return bytes;
  }
}
