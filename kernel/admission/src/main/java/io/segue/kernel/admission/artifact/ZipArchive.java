package io.segue.kernel.admission.artifact;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * A zip file in memory, read strictly: what it says must be said in one way only, so that the
 * framework which reads the same bytes later can't see other entries than the ones checked here.
 *
 * <p>The central directory counts, as it does for {@link java.util.zip.ZipFile}. Refused are
 * comments, bytes that belong to no entry, zip64, encryption, methods other than stored and
 * deflated, local headers that differ from the directory, entries that overlap, names that lead out
 * of a folder, names that occur twice, links and devices, sizes or checksums that are not what the
 * directory says, and whatever passes {@link ArtifactLimits}. Limits are checked by the directory,
 * before room is made for any entry.
 */
final class ZipArchive {
  /** Entries are unpacked in pieces of this size where only their checksum is wanted. */
  private static final int PIECE_BYTES = 1 << 16;

  private final String what;
  private final ByteBuffer bytes;
  private final List<ZipDirectory.Entry> entries;

  private ZipArchive(String what, ByteBuffer bytes, List<ZipDirectory.Entry> entries) {
    this.what = what;
    this.bytes = bytes;
    this.entries = entries;
  }

  /**
   * Checks every entry by the directory; what is in them is checked when it is unpacked.
   *
   * @param what names the file in errors
   * @throws RefusedException {@link RefusalReason#ARTIFACT}, with entry and limit
   */
  static ZipArchive open(String what, byte[] file, ZipDirectory.Budget budget)
      throws RefusedException {
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    return new ZipArchive(what, bytes, List.copyOf(new ZipDirectory(what, bytes, budget).read()));
  }

  /** Whether some bytes start as a zip file does. */
  static boolean looksLikeZip(byte[] file) {
    return file.length > 4
        && ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt()
            == ZipDirectory.LOCAL_SIGNATURE;
  }

  List<ZipDirectory.Entry> entries() {
    return entries;
  }

  Optional<ZipDirectory.Entry> entry(String name) {
    return entries.stream().filter(e -> e.name().equals(name)).findFirst();
  }

  /** Unpacks an entry, piece by piece, only to check it. */
  void verify(ZipDirectory.Entry entry) throws RefusedException {
    unpack(entry, new byte[Math.min(PIECE_BYTES, entry.size())]);
  }

  /** The unpacked bytes of an entry, checked. */
  byte[] content(ZipDirectory.Entry entry) throws RefusedException {
    byte[] content = new byte[entry.size()];
    unpack(entry, content);
    return content;
  }

  /**
   * Unpacks an entry and checks its size and checksum.
   *
   * @param into is filled again and again until the entry ends; one as large as the entry holds all
   *     of it afterwards
   */
  private void unpack(ZipDirectory.Entry entry, byte[] into) throws RefusedException {
    CRC32 crc = new CRC32();
    if (entry.method() == ZipDirectory.STORED) {
      crc.update(bytes.array(), entry.dataOffset(), entry.packedSize());
      if (into.length == entry.size()) {
        System.arraycopy(bytes.array(), entry.dataOffset(), into, 0, entry.size());
      }
    } else {
      inflate(entry, into, crc);
    }
    if (crc.getValue() != entry.crc()) {
      throw refused(what, entry.name(), "its checksum is wrong; the file is damaged");
    }
  }

  private void inflate(ZipDirectory.Entry entry, byte[] into, CRC32 crc) throws RefusedException {
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(bytes.array(), entry.dataOffset(), entry.packedSize());
      long done = 0;
      while (done < entry.size()) {
        int at = (int) (done % Math.max(1, into.length));
        int room = (int) Math.min(into.length - at, entry.size() - done);
        int count = inflater.inflate(into, at, room);
        if (count == 0) {
          break;
        }
        crc.update(into, at, count);
        done += count;
      }
      boolean more = inflater.inflate(new byte[1]) > 0;
      if (done != entry.size() || more || !inflater.finished()) {
        throw refused(
            what, entry.name(), "it has another size than it says (" + entry.size() + ")");
      }
      if (inflater.getRemaining() > 0) {
        throw refused(what, entry.name(), "more bytes follow the end of its packed data");
      }
    } catch (DataFormatException e) {
      throw refused(what, entry.name(), "its packed data is damaged");
    } finally {
      inflater.end();
    }
  }

  static RefusedException refused(String what, String entry, String why) {
    return refused(what + ": entry '" + entry + "' is refused: " + why);
  }

  static RefusedException refused(String text) {
    return new RefusedException(RefusalReason.ARTIFACT, text);
  }
}
