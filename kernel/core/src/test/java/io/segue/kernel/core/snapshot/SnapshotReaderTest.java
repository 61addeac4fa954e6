package io.segue.kernel.core.snapshot;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.kernel.api.store.StateStore.BulkStore;
import io.segue.kernel.api.store.StateStore.BulkWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What peers may put into a snapshot, whose hashes are all right. */
class SnapshotReaderTest {
  private static final SnapshotLimits LIMITS = new SnapshotLimits(64, 100, 8, 16, 32, 3, 1 << 20);

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final DataOutputStream out = new DataOutputStream(bytes);
  private final List<String> put = new ArrayList<>();

  @Test
  void readsEntriesInOrder() throws Exception {
    out.writeLong(2);
    pieces("a", "1", "b", "2");
    reader().entries(writer());
    assertThat(put).containsExactly("a=1", "b=2");
  }

  @Test
  void refusesKeysThatComeTwiceOrOutOfOrder() throws IOException {
    out.writeLong(3);
    pieces("b", "1", "b", "2");
    assertThatThrownBy(() -> reader().entries(writer()))
        .isInstanceOf(SnapshotException.class)
        .hasMessageContaining("out of order");
  }

  @Test
  void refusesLengthsBeyondTheirLimitsBeforeAnythingIsRead() throws IOException {
    for (int length : new int[] {9, Integer.MAX_VALUE, -1, 0}) {
      bytes.reset();
      out.writeLong(1);
      out.writeInt(length);
      assertThatThrownBy(() -> reader().entries(writer()))
          .hasMessageContaining("a key in the snapshot has " + length + " bytes; legal is 1 to 8");
    }
    bytes.reset();
    out.writeLong(1);
    pieces("key");
    out.writeInt(17);
    assertThatThrownBy(() -> reader().entries(writer())).hasMessageContaining("legal is 1 to 16");
    bytes.reset();
    out.writeInt(33);
    assertThatThrownBy(() -> reader().bundle("")).hasMessageContaining("legal is 1 to 32");
    bytes.reset();
    out.writeInt(4);
    assertThatThrownBy(() -> reader().stores()).hasMessageContaining("4 stores; the limit is 3");
  }

  @Test
  void refusesWhatEndsInTheMiddleOrSaysMoreThanThereIs() throws IOException {
    out.writeLong(Long.MAX_VALUE);
    pieces("a", "1");
    assertThatThrownBy(() -> reader().entries(writer())).hasMessageContaining("in the middle");
    bytes.reset();
    out.writeInt(8);
    out.write(1);
    assertThatThrownBy(() -> reader().bundle("")).hasMessageContaining("in the middle");
  }

  @Test
  void refusesOtherManifestsAndBundlesThanTheStateNames() throws IOException {
    out.writeInt(1);
    pieces("manifest");
    String digest = "ab".repeat(32);
    assertThatThrownBy(() -> reader().generations(List.of(digest)))
        .hasMessageContaining("another manifest than generation " + digest);
    assertThatThrownBy(() -> reader().generations(List.of(digest, digest)))
        .hasMessageContaining("has 1 generations, and its state names 2");
    bytes.reset();
    pieces("bundle");
    assertThatThrownBy(() -> reader().bundle(digest))
        .hasMessageContaining("other bytes than bundle " + digest);
  }

  @Test
  void aSnapshotThatIsTooLargeIsNotWritten() throws IOException {
    SnapshotLimits small = new SnapshotLimits(64, 2, 8, 16, 32, 3, Long.MAX_VALUE);
    ChunkedOutput chunks = new ChunkedOutput(OutputStream.nullOutputStream(), small);
    chunks.write(new byte[128], 0, 128);
    assertThatThrownBy(() -> chunks.write(1)).hasMessageContaining("the limit of 128 bytes");
  }

  @Test
  void isWrittenNoFasterThanItsLimit() throws IOException {
    long startNs = System.nanoTime();
    ChunkedOutput chunks = new ChunkedOutput(OutputStream.nullOutputStream(), LIMITS);
    chunks.write(new byte[4096]);
    assertThat(System.nanoTime() - startNs).isGreaterThan(3_000_000);
  }

  private SnapshotReader reader() {
    return new SnapshotReader(new ByteArrayInputStream(bytes.toByteArray()), LIMITS);
  }

  private void pieces(String... pieces) throws IOException {
    for (String piece : pieces) {
      out.writeInt(piece.length());
      out.writeBytes(piece);
    }
  }

  private BulkWriter writer() {
    return new BulkWriter() {
      @Override
      public void put(byte[] key, byte[] value) {
        put.add(new String(key, US_ASCII) + "=" + new String(value, US_ASCII));
      }

      @Override
      public void save(byte[] cursor) {}

      @Override
      public byte[] cursor() {
        return new byte[0];
      }

      @Override
      public boolean filled() {
        return false;
      }

      @Override
      public Optional<BulkStore> finish(long budgetNs) {
        return Optional.empty();
      }

      @Override
      public double finished() {
        return 0;
      }

      @Override
      public void discard() {}

      @Override
      public void close() {}
    };
  }
}
