package io.segue.kernel.admission.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/** Writes zip files byte by byte, also such as no tool would write. All entries are stored. */
public final class RawZip {
  private final List<Entry> entries = new ArrayList<>();
  private int gapBehindBytes;

  /** One entry; the fields of the directory and those of the file itself can differ. */
  public static final class Entry {
    private final String name;
    private final byte[] content;
    private String localName;
    private int unixMode;
    private int method;
    private int flags;
    private long size;
    private int crcError;
    private byte[] comment = {};
    private int gapBytes;

    private Entry(String name, byte[] content) {
      this.name = name;
      this.localName = name;
      this.content = content;
      this.size = content.length;
    }

    public Entry localName(String value) {
      localName = value;
      return this;
    }

    public Entry unixMode(int value) {
      unixMode = value;
      return this;
    }

    public Entry method(int value) {
      method = value;
      return this;
    }

    public Entry encrypted() {
      flags = 1;
      return this;
    }

    public Entry says(long value) {
      size = value;
      return this;
    }

    public Entry comment(String value) {
      comment = value.getBytes(UTF_8);
      return this;
    }

    /** Bytes before the entry that belong to none. */
    public Entry gap(int sizeBytes) {
      gapBytes = sizeBytes;
      return this;
    }

    public Entry wrongChecksum() {
      crcError = 1;
      return this;
    }
  }

  public Entry add(String name, String content) {
    return add(name, content.getBytes(UTF_8));
  }

  public Entry add(String name, byte[] content) {
    Entry entry = new Entry(name, content);
    entries.add(entry);
    return entry;
  }

  /** Bytes between the last entry and the directory. */
  public void gapBehind(int sizeBytes) {
    gapBehindBytes = sizeBytes;
  }

  public byte[] bytes() {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    ByteArrayOutputStream directory = new ByteArrayOutputStream();
    for (Entry entry : entries) {
      file.writeBytes(new byte[entry.gapBytes]);
      int offset = file.size();
      file.writeBytes(local(entry));
      file.writeBytes(entry.content);
      directory.writeBytes(central(entry, offset));
    }
    file.writeBytes(new byte[gapBehindBytes]);
    ByteBuffer end = buffer(22);
    end.putInt(0x06054b50).putInt(0);
    end.putShort((short) entries.size()).putShort((short) entries.size());
    end.putInt(directory.size()).putInt(file.size()).putShort((short) 0);
    file.writeBytes(directory.toByteArray());
    file.writeBytes(end.array());
    return file.toByteArray();
  }

  private static byte[] local(Entry entry) {
    byte[] name = entry.localName.getBytes(UTF_8);
    ByteBuffer header = buffer(30 + name.length);
    header.putInt(0x04034b50).putShort((short) 20).putShort((short) entry.flags);
    common(header, entry);
    header.putShort((short) name.length).putShort((short) 0).put(name);
    return header.array();
  }

  private static byte[] central(Entry entry, int offset) {
    byte[] name = entry.name.getBytes(UTF_8);
    ByteBuffer header = buffer(46 + name.length + entry.comment.length);
    header.putInt(0x02014b50).putShort((short) 0x0314).putShort((short) 20);
    header.putShort((short) entry.flags);
    common(header, entry);
    header.putShort((short) name.length).putShort((short) 0);
    header.putShort((short) entry.comment.length);
    header.putShort((short) 0).putShort((short) 0).putInt(entry.unixMode << 16).putInt(offset);
    header.put(name).put(entry.comment);
    return header.array();
  }

  private static void common(ByteBuffer header, Entry entry) {
    CRC32 crc = new CRC32();
    crc.update(entry.content);
    header.putShort((short) entry.method).putInt(0).putInt((int) crc.getValue() + entry.crcError);
    header.putInt(entry.content.length).putInt((int) entry.size);
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
