package io.segue.bundles.consensus.solo.blockfile;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.segue.bundles.consensus.solo.chain.ChainState;
import io.segue.bundles.consensus.solo.wire.BlockCodec;
import io.segue.bundles.consensus.solo.wire.CommitCodec;
import io.segue.bundles.consensus.solo.wire.HeaderCodec;
import io.segue.bundles.consensus.solo.wire.ParamsCodec;
import io.segue.bundles.consensus.solo.wire.ProtoReader;
import io.segue.bundles.consensus.solo.wire.ResultsCodec;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/** Files that others exported, and what stands in them: damage is told, and nothing else fails. */
class BlockFileFuzzTest {
  private static final int MAX_BYTES = 255;

  private static final List<Consumer<ProtoReader>> CODECS =
      List.of(
          in -> BlockCodec.decode(HeaderCodec.NO_BLOCK, in),
          CommitCodec::read,
          HeaderCodec::read,
          ParamsCodec::read,
          ResultsCodec::read);

  /** Records: kind, height and length of a byte each, then the payload; their checksums fit. */
  @FuzzTest
  void readsFiles(byte[] input) throws IOException {
    Path file = Files.createTempFile("fuzz", ".blocks");
    try {
      write(file, ByteBuffer.wrap(input));
      BlockFileReader.skippedHeights(file);
      try (BlockFileReader reader = new BlockFileReader(file)) {
        reader.genesisTo(OutputStream.nullOutputStream());
        while (reader.next().isPresent()) {}
      }
    } catch (BlockFileException refused) {
      // It says what is damaged.
    } finally {
      Files.delete(file);
    }
  }

  @FuzzTest
  void readsMessages(byte[] input) {
    for (Consumer<ProtoReader> codec : CODECS) {
      try {
        codec.accept(new ProtoReader(input));
      } catch (IllegalArgumentException refused) {
        // It says what is damaged.
      }
    }
    try {
      ChainState.decode(input);
    } catch (IllegalArgumentException refused) {
      // It says what is damaged.
    }
  }

  private static void write(Path file, ByteBuffer records) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(BlockFileFormat.MAGIC);
      while (records.remaining() >= 3) {
        byte kind = records.get();
        byte height = records.get();
        byte[] payload = new byte[Math.min(records.get() & MAX_BYTES, records.remaining())];
        records.get(payload);
        ByteBuffer record =
            ByteBuffer.allocate(BlockFileFormat.RECORD_HEADER_BYTES + payload.length);
        record.putInt(payload.length).putInt(0).put(kind).putLong(height).put(payload);
        CRC32C crc = new CRC32C();
        crc.update(
            record.array(),
            BlockFileFormat.UNCHECKED_BYTES,
            record.capacity() - BlockFileFormat.UNCHECKED_BYTES);
        record.putInt(4, (int) crc.getValue());
        out.write(record.array());
      }
    }
  }
}
