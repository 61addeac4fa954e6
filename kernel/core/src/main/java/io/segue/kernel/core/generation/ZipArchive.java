package io.segue.kernel.core.generation;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * A zip file in memory, read strictly: what it says must be said in one way only, so that the
 * framework which reads the same bytes later can't see other entries than the ones judged here.
 *
 * <p>The central directory counts, as it does for {@link java.util.zip.ZipFile}. Refused are bytes
 * before the first entry or between entries and directory, zip64, encryption, methods other than
 * stored and deflated, local headers that name another entry, entries that overlap, names that lead
 * out of a folder, names that occur twice, links and devices, sizes or checksums that are not what
 * the directory says, and whatever passes {@link ArtifactLimits}.
 */
final class ZipArchive {
  private final String what;
  private final ByteBuffer bytes;
  private final List<ZipDirectory.Entry> entries;

  private ZipArchive(String what, ByteBuffer bytes, List<ZipDirectory.Entry> entries) {
    this.what = what;
    this.bytes = bytes;
    this.entries = entries;
  }

  /**
   * Judges every entry by the directory, and unpacks all of them to judge their content.
   *
   * @param what names the file in errors
   * @throws GenerationException {@link HoldReason#ARTIFACT}, with entry and limit
   */
  static ZipArchive read(String what, byte[] file, ZipDirectory.Budget budget)
      throws GenerationException {
    ZipArchive archive = open(what, file, budget);
    for (ZipDirectory.Entry entry : archive.entries) {
      archive.content(entry);
    }
    return archive;
  }

  /** As {@link #read}, but unpacks nothing yet: for bytes whose digest was verified. */
  static ZipArchive open(String what, byte[] file, ZipDirectory.Budget budget)
      throws GenerationException {
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

  /** The unpacked bytes of an entry. */
  byte[] content(ZipDirectory.Entry entry) throws GenerationException {
    byte[] content = entry.method() == ZipDirectory.STORED ? stored(entry) : inflated(entry);
    CRC32 crc = new CRC32();
    crc.update(content);
    if (crc.getValue() != entry.crc()) {
      throw refused(what, entry.name(), "its checksum is wrong; the file is damaged");
    }
    return content;
  }

  private byte[] stored(ZipDirectory.Entry entry) {
    return Arrays.copyOfRange(
        bytes.array(), entry.dataOffset(), entry.dataOffset() + entry.packedSize());
  }

  private byte[] inflated(ZipDirectory.Entry entry) throws GenerationException {
    byte[] content = new byte[entry.size()];
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(bytes.array(), entry.dataOffset(), entry.packedSize());
      int done = 0;
      while (done < content.length) {
        int count = inflater.inflate(content, done, content.length - done);
        if (count == 0) {
          break;
        }
        done += count;
      }
      boolean more = inflater.inflate(new byte[1]) > 0;
      if (done != content.length || more || !inflater.finished()) {
        throw refused(
            what, entry.name(), "it has another size than it says (" + entry.size() + ")");
      }
      return content;
    } catch (DataFormatException e) {
      throw refused(what, entry.name(), "its packed data is damaged");
    } finally {
      inflater.end();
    }
  }

  static GenerationException refused(String what, String entry, String why) {
    return refused(what + ": entry '" + entry + "' is refused: " + why);
  }

  static GenerationException refused(String text) {
    return new GenerationException(HoldReason.ARTIFACT, text);
  }
}
