package io.segue.bundles.sidecar.build;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDateTime;
import java.util.SortedMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A zip file that is the same wherever it is written: entries in order of names, one time for all,
 * and nothing compressed, because machines compress alike only with the same library.
 */
final class StableZip {
  /** 1980-02-01 00:00, in the form of zip files, which knows no time zone. */
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0, 0);

  private static final String MANIFEST = "META-INF/MANIFEST.MF";

  private StableZip() {}

  /** The zip of some files, by path; a manifest comes first, where readers look for it. */
  static byte[] of(SortedMap<String, byte[]> files) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      byte[] manifest = files.get(MANIFEST);
      if (manifest != null) {
        add(zip, MANIFEST, manifest);
      }
      for (var file : files.entrySet()) {
        if (!file.getKey().equals(MANIFEST)) {
          add(zip, file.getKey(), file.getValue());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(content);
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(TIME);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCompressedSize(content.length);
    entry.setCrc(crc.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }
}
