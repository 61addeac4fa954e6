package io.segue.bundles.store.rocksdb.bulk;

import io.segue.bundles.store.rocksdb.database.Cursor;
import io.segue.bundles.store.rocksdb.database.DiskErrors;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file of sorted entries.
 *
 * <pre>
 * entries one behind the other: key length u32 || value length u32 || key || value
 * </pre>
 *
 * @param path where it is
 * @param count how many entries it has
 * @param bytes how long it is
 */
record RunFile(Path path, int count, long bytes) {
  private static final int BUFFER = 1 << 17;
  private static final int LENGTHS = 2 * Integer.BYTES;

  /**
   * Writes a file, in place of one that was cut off.
   *
   * @param durable whether it is on the disk when this returns
   */
  static RunFile write(Path path, EntrySorter.Entry[] sorted, boolean durable) {
    try (FileChannel channel =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      long bytes = 0;
      ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
      for (EntrySorter.Entry entry : sorted) {
        int size = LENGTHS + entry.key().length + entry.value().length;
        bytes += size;
        if (size > buffer.remaining()) {
          flush(channel, buffer);
          buffer = size > buffer.capacity() ? ByteBuffer.allocate(size) : buffer;
        }
        buffer.putInt(entry.key().length).putInt(entry.value().length);
        buffer.put(entry.key()).put(entry.value());
      }
      flush(channel, buffer);
      if (durable) {
        channel.force(true);
      }
      return new RunFile(path, sorted.length, bytes);
    } catch (IOException e) {
      throw DiskErrors.of("the file " + path.getFileName(), folder(path), e);
    }
  }

  private static Path folder(Path path) {
    Path parent = path.toAbsolutePath().getParent();
    return parent == null ? path : parent;
  }

  private static void flush(FileChannel channel, ByteBuffer buffer) throws IOException {
    buffer.flip();
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    buffer.clear();
  }

  /** Its entries in order; to be closed. */
  Cursor read() {
    try {
      return new Reader(FileChannel.open(path));
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private UncheckedIOException failed(IOException e) {
    return new UncheckedIOException("a bulk writer can't read its file " + path, e);
  }

  private final class Reader implements Cursor {
    private final FileChannel channel;
    private ByteBuffer buffer = ByteBuffer.allocate(BUFFER).limit(0);
    private int rest = count;
    private byte[] key = new byte[0];
    private byte[] value = new byte[0];

    Reader(FileChannel channel) {
      this.channel = channel;
    }

    @Override
    public boolean next() {
      if (rest == 0) {
        return false;
      }
      rest--;
      try {
        fill(LENGTHS);
        key = new byte[buffer.getInt()];
        value = new byte[buffer.getInt()];
        fill(key.length + value.length);
        buffer.get(key).get(value);
        return true;
      } catch (IOException e) {
        throw failed(e);
      }
    }

    /** Reads on until the buffer holds so many bytes. */
    private void fill(int size) throws IOException {
      if (buffer.remaining() >= size) {
        return;
      }
      ByteBuffer room = size > buffer.capacity() ? ByteBuffer.allocate(size) : buffer;
      if (room.capacity() == buffer.capacity()) {
        buffer.compact();
      } else {
        room.put(buffer);
      }
      while (room.position() < size) {
        if (channel.read(room) < 0) {
          throw new EOFException("cut off");
        }
      }
      buffer = room.flip();
    }

    @Override
    public byte[] key() {
      return key;
    }

    @Override
    public byte[] value() {
      return value;
    }

    @Override
    public void close() {
      try {
        channel.close();
      } catch (IOException e) {
        throw failed(e);
      }
    }
  }
}
