package io.segue.kernel.admission.artifact;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The central directory of a zip file, checked entry by entry; see {@link ZipArchive}. */
final class ZipDirectory {
  private static final int END_SIGNATURE = 0x06054b50;
  private static final int CENTRAL_SIGNATURE = 0x02014b50;
  static final int LOCAL_SIGNATURE = 0x04034b50;
  private static final int END_SIZE = 22;
  private static final int CENTRAL_SIZE = 46;
  private static final int LOCAL_SIZE = 30;
  private static final int MAX_COMMENT = 0xffff;
  private static final int FLAG_ENCRYPTED = 1;
  private static final int FLAG_DESCRIPTOR = 8;
  private static final int DESCRIPTOR_SIGNATURE = 0x08074b50;
  private static final int DESCRIPTOR_SIZE = 12;
  static final int STORED = 0;
  private static final int DEFLATED = 8;
  private static final int TYPE_MASK = 0xf000;
  private static final int TYPE_FILE = 0x8000;
  private static final int TYPE_FOLDER = 0x4000;
  private static final int TYPE_LINK = 0xa000;

  /**
   * An entry of the central directory.
   *
   * @param endOffset where the bytes that belong to it end
   */
  record Entry(
      String name,
      int method,
      long crc,
      int packedSize,
      int size,
      int headerOffset,
      int dataOffset,
      int endOffset) {
    boolean isFolder() {
      return name.endsWith("/");
    }
  }

  /** What is left of the limits of one artifact. */
  static final class Budget {
    private final ArtifactLimits limits;
    private long entries;
    private long unpackedBytes;

    Budget(ArtifactLimits limits) {
      this.limits = limits;
    }
  }

  private final String what;
  private final ByteBuffer bytes;
  private final Budget budget;
  private final Set<String> names = new HashSet<>();

  ZipDirectory(String what, ByteBuffer bytes, Budget budget) {
    this.what = what;
    this.bytes = bytes;
    this.budget = budget;
  }

  List<Entry> read() throws RefusedException {
    int end = findEnd();
    int count = unsigned16(end + 10);
    long size = unsigned32(end + 12);
    long start = unsigned32(end + 16);
    if (unsigned16(end + 4) != 0 || unsigned16(end + 6) != 0 || unsigned16(end + 8) != count) {
      throw ZipArchive.refused(what + " is refused: it is one part of several");
    }
    if (count == 0xffff || start == 0xffffffffL) {
      throw ZipArchive.refused(what + " is refused: it is in zip64 form, which no artifact needs");
    }
    if (start + size != end) {
      throw ZipArchive.refused(what + " is refused: its directory is not where its end says");
    }
    budget.entries += count;
    if (budget.entries > budget.limits.entries()) {
      throw ZipArchive.refused(
          what
              + " is refused: more entries than the limit 'entries' of "
              + budget.limits.entries());
    }
    List<Entry> entries = new ArrayList<>(count);
    int at = (int) start;
    for (int i = 0; i < count; i++) {
      need(at, CENTRAL_SIZE, end);
      int nameLength = unsigned16(at + 28);
      int length = CENTRAL_SIZE + nameLength + unsigned16(at + 30) + unsigned16(at + 32);
      need(at, length, end);
      entries.add(entry(at, nameLength, (int) start));
      at += length;
    }
    if (at != end) {
      throw ZipArchive.refused(
          what + " is refused: its directory has " + count + " entries and more behind");
    }
    refuseBytesOutside(entries, (int) start);
    return entries;
  }

  /** The end record; it is the last thing in the file, so no comment follows it. */
  private int findEnd() throws RefusedException {
    int last = bytes.capacity() - END_SIZE;
    for (int at = last; at >= 0 && at >= last - MAX_COMMENT; at--) {
      if (bytes.getInt(at) == END_SIGNATURE
          && at + END_SIZE + unsigned16(at + 20) == bytes.capacity()) {
        if (at != last) {
          throw ZipArchive.refused(
              what
                  + " is refused: it has a comment of "
                  + (last - at)
                  + " bytes, in which anything may hide; pack it without one");
        }
        return at;
      }
    }
    throw ZipArchive.refused(
        what + " is refused: it is not a complete zip file; copy it again, or build it again");
  }

  private Entry entry(int at, int nameLength, int directoryStart) throws RefusedException {
    if (bytes.getInt(at) != CENTRAL_SIGNATURE) {
      throw ZipArchive.refused(what + " is refused: its directory is damaged");
    }
    String name = name(at + CENTRAL_SIZE, nameLength);
    refuseName(name);
    refuseKind(name, bytes.getInt(at + 38) >>> 16);
    int method = unsigned16(at + 10);
    int flags = unsigned16(at + 8);
    if (unsigned16(at + 32) != 0) {
      throw ZipArchive.refused(what, name, "it has a comment; pack it without one");
    }
    if ((flags & FLAG_ENCRYPTED) != 0) {
      throw ZipArchive.refused(what, name, "it is encrypted");
    }
    if (method != STORED && method != DEFLATED) {
      throw ZipArchive.refused(
          what, name, "it is packed by method " + method + "; only deflate is read");
    }
    long packedSize = unsigned32(at + 20);
    long size = unsigned32(at + 24);
    refuseSize(name, method, packedSize, size);
    long local = unsigned32(at + 42);
    if (local + LOCAL_SIZE > directoryStart
        || bytes.getInt((int) local) != LOCAL_SIGNATURE
        || unsigned16((int) local + 6) != flags
        || unsigned16((int) local + 8) != method
        || !sameName((int) local, at, nameLength)
        || !sameSizes((int) local, at, flags)) {
      throw ZipArchive.refused(
          what, name, "its header in the file differs from the one in the directory");
    }
    long data = local + LOCAL_SIZE + nameLength + unsigned16((int) local + 28);
    if (data + packedSize > directoryStart) {
      throw ZipArchive.refused(what, name, "it reaches behind the entries");
    }
    int end = (int) (data + packedSize);
    if ((flags & FLAG_DESCRIPTOR) != 0) {
      end = endOfDescriptor(name, at, end, directoryStart);
    }
    return new Entry(
        name,
        method,
        unsigned32(at + 16),
        (int) packedSize,
        (int) size,
        (int) local,
        (int) data,
        end);
  }

  /** Checksum and sizes as the entry's own header has them; with a descriptor it may have none. */
  private boolean sameSizes(int local, int central, int flags) {
    if ((flags & FLAG_DESCRIPTOR) != 0) {
      return true;
    }
    return sameNumbers(local + 14, central);
  }

  /** What follows the data of an entry that was packed before its size was known. */
  private int endOfDescriptor(String name, int central, int at, int directoryStart)
      throws RefusedException {
    if (at + Integer.BYTES + DESCRIPTOR_SIZE <= directoryStart
        && bytes.getInt(at) == DESCRIPTOR_SIGNATURE
        && sameNumbers(at + Integer.BYTES, central)) {
      return at + Integer.BYTES + DESCRIPTOR_SIZE;
    }
    if (at + DESCRIPTOR_SIZE <= directoryStart && sameNumbers(at, central)) {
      return at + DESCRIPTOR_SIZE;
    }
    throw ZipArchive.refused(
        what, name, "the sizes behind its data differ from those in the directory");
  }

  /** Whether checksum, packed size and size stand at a place as they do in the directory. */
  private boolean sameNumbers(int at, int central) {
    return bytes.getInt(at) == bytes.getInt(central + 16)
        && bytes.getInt(at + 4) == bytes.getInt(central + 20)
        && bytes.getInt(at + 8) == bytes.getInt(central + 24);
  }

  private boolean sameName(int local, int central, int nameLength) {
    return unsigned16(local + 26) == nameLength
        && local + LOCAL_SIZE + nameLength <= bytes.capacity()
        && Arrays.equals(
            bytes.array(),
            local + LOCAL_SIZE,
            local + LOCAL_SIZE + nameLength,
            bytes.array(),
            central + CENTRAL_SIZE,
            central + CENTRAL_SIZE + nameLength);
  }

  private String name(int at, int length) throws RefusedException {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.array(), at, length))
          .toString();
    } catch (CharacterCodingException e) {
      throw ZipArchive.refused(what + " is refused: the name of an entry is not UTF-8");
    }
  }

  private void refuseName(String name) throws RefusedException {
    String path = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
    if (name.indexOf('\\') >= 0 || name.chars().anyMatch(c -> c < ' ')) {
      throw ZipArchive.refused(what, name, "its name has a backslash or a control character");
    }
    if (name.startsWith("/") || name.matches("[A-Za-z]:.*")) {
      throw ZipArchive.refused(what, name, "its name is absolute; names start inside the file");
    }
    for (String part : path.split("/", -1)) {
      if (part.isEmpty() || part.equals(".") || part.equals("..")) {
        throw ZipArchive.refused(
            what, name, "its name leads out of a folder or through an empty one");
      }
    }
    if (!names.add(path)) {
      throw ZipArchive.refused(what, name, "its name occurs twice");
    }
    if (!name.equals(ManifestHeaders.ENTRY)
        && name.toUpperCase(Locale.ROOT).equals(ManifestHeaders.ENTRY)) {
      throw ZipArchive.refused(what, name, "a manifest is named " + ManifestHeaders.ENTRY);
    }
  }

  private void refuseKind(String name, int mode) throws RefusedException {
    int type = mode & TYPE_MASK;
    if (type == TYPE_LINK) {
      throw ZipArchive.refused(what, name, "it is a link; pack the file itself");
    }
    if (type != 0 && type != TYPE_FILE && type != TYPE_FOLDER) {
      throw ZipArchive.refused(what, name, "it is neither a file nor a folder");
    }
  }

  private void refuseSize(String name, int method, long packedSize, long size)
      throws RefusedException {
    if (method == STORED && packedSize != size) {
      throw ZipArchive.refused(what, name, "it is not packed and yet has two sizes");
    }
    if (size > ArtifactLimits.RATIO_FROM_BYTES && size / budget.limits.ratio() > packedSize) {
      throw ZipArchive.refused(
          what,
          name,
          "it unpacks to more than the limit 'ratio' of " + budget.limits.ratio() + " times");
    }
    budget.unpackedBytes += size;
    if (size > Integer.MAX_VALUE - 8 || budget.unpackedBytes > budget.limits.unpackedBytes()) {
      throw ZipArchive.refused(
          what,
          name,
          "with it the entries unpack to more than the limit 'unpackedBytes' of "
              + budget.limits.unpackedBytes());
    }
  }

  /** Entries follow each other without a gap, from the start of the file to its directory. */
  private void refuseBytesOutside(List<Entry> entries, int directoryStart) throws RefusedException {
    List<Entry> byPlace =
        entries.stream().sorted(Comparator.comparingInt(Entry::headerOffset)).toList();
    int before = 0;
    for (Entry entry : byPlace) {
      if (entry.headerOffset() < before) {
        throw ZipArchive.refused(what, entry.name(), "it overlaps another entry");
      }
      if (entry.headerOffset() > before) {
        throw outside(entry.headerOffset() - before, "before entry '" + entry.name() + "'");
      }
      before = entry.endOffset();
    }
    if (before < directoryStart) {
      throw outside(directoryStart - before, "behind its entries");
    }
  }

  private RefusedException outside(int count, String where) {
    return ZipArchive.refused(
        what + " is refused: it has " + count + " bytes " + where + "; pack it again");
  }

  private void need(int at, int length, int end) throws RefusedException {
    if (at + (long) length > end) {
      throw ZipArchive.refused(what + " is refused: its directory is cut off");
    }
  }

  private int unsigned16(int at) {
    return Short.toUnsignedInt(bytes.getShort(at));
  }

  private long unsigned32(int at) {
    return Integer.toUnsignedLong(bytes.getInt(at));
  }
}
