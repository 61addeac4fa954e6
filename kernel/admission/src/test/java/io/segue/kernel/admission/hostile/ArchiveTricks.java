package io.segue.kernel.admission.hostile;

import static io.segue.kernel.admission.hostile.Hostile.ARTIFACT;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.segue.kernel.admission.artifact.RawZip;
import io.segue.kernel.admission.artifact.TestBundle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Archives that no honest tool writes, and such as would fill a disk or a heap. */
public final class ArchiveTricks {
  private static final int LOCAL = 30;
  private static final int CENTRAL = 46;
  private static final int END = 22;
  private static final int MEBIBYTE = 1 << 20;

  private ArchiveTricks() {}

  /** All of them. */
  public static Stream<Hostile> all() {
    return Stream.of(
        entry("a name that leads out", zip -> zip.add("../x.jar", "x"), "leads out of a folder"),
        entry("an absolute name", zip -> zip.add("/etc/x.jar", "x"), "absolute"),
        entry("a name with a drive", zip -> zip.add("C:/x.jar", "x"), "absolute"),
        entry("a name with a backslash", zip -> zip.add("..\\x.jar", "x"), "backslash"),
        entry("a name with a NUL", zip -> zip.add("x.jar\0.txt", "x"), "control character"),
        entry("an empty name", zip -> zip.add("", "x"), "leads out of a folder"),
        entry(
            "one name twice",
            zip -> {
              zip.add("x.txt", "1");
              zip.add("x.txt", "2");
            },
            "occurs twice"),
        entry(
            "a folder that is a file too",
            zip -> {
              zip.add("x.jar", "1");
              zip.add("x.jar/", "");
            },
            "occurs twice"),
        entry("a link", zip -> zip.add("x", "/etc/passwd").unixMode(0xa1ff), "it is a link"),
        entry("a device", zip -> zip.add("x", "").unixMode(0x21b6), "neither a file nor a folder"),
        entry("a wrong checksum", zip -> zip.add("x.jar", "x").wrongChecksum(), "checksum"),
        entry("an encrypted entry", zip -> zip.add("x.jar", "x").encrypted(), "encrypted"),
        entry("an unknown method", zip -> zip.add("x.jar", "x").method(93), "method 93"),
        entry(
            "a name that differs in the file", zip -> zip.add("x", "x").localName("y"), "differs"),
        entry("a size that is not so", zip -> zip.add("x", "x").says(7), "two sizes"),
        entry(
            "four gigabytes in one byte", zip -> zip.add("x", "x").says(0xfffffff0L), "two sizes"),
        whole("nothing at all", file -> new byte[0], "neither a bundle nor a zip archive"),
        whole("a text", file -> "hello".getBytes(UTF_8), "neither a bundle nor a zip archive"),
        whole("data before the start", file -> join(new byte[7], file), "neither a bundle"),
        whole("data after the end", file -> join(file, new byte[7]), "not a complete zip file"),
        whole(
            "a second archive behind the first",
            file -> join(file, TestBundle.zip(Map.of("x", new byte[1]))),
            "its directory is not where its end says"),
        whole("a comment", file -> commented(file, "hello".getBytes(UTF_8)), "comment of 5 bytes"),
        whole(
            "a second archive in the comment",
            file -> commented(file, TestBundle.zip(Map.of("x", new byte[1]))),
            "its directory is not where its end says"),
        Hostile.bytes(
            "a comment of a bundle",
            () ->
                TestBundle.zip(
                    Map.of("bank.jar", commented(Hostile.bank().jar(), new byte[] {'x'}))),
            ARTIFACT,
            "entry 'bank.jar' is refused: it has a comment of 1 bytes",
            "pack it without one"),
        entry("a comment of an entry", zip -> zip.add("x", "x").comment("y"), "it has a comment"),
        entry("bytes before an entry", zip -> zip.add("x", "x").gap(7), "7 bytes before entry 'x'"),
        entry("bytes behind the entries", zip -> zip.gapBehind(3), "3 bytes behind its entries"),
        whole("half of it", file -> Arrays.copyOf(file, file.length / 2), "not a complete zip"),
        whole("a directory elsewhere", file -> putInt(file, END - 16, 0), "is not where its end"),
        whole("zip64 by its start", file -> putInt(file, END - 16, -1), "zip64"),
        whole("zip64 by its count", file -> putCount(file, 0xffff), "zip64"),
        whole("one disk of several", file -> putShort(file, END - 4, 1), "one part of several"),
        whole("fewer entries than there are", file -> putCount(file, 1), "and more behind"),
        Hostile.bytes(
            "a bomb of zeros",
            () -> TestBundle.zip(Map.of("bomb.jar", new byte[64 * MEBIBYTE])),
            ARTIFACT,
            "limit 'ratio' of 200"),
        Hostile.bytes(
            "a bomb inside a bundle",
            () ->
                TestBundle.archive(
                    Hostile.generation(), Hostile.bank().file("bomb", new byte[64 * MEBIBYTE])),
            ARTIFACT,
            "entry 'bomb' is refused",
            "limit 'ratio' of 200"),
        Hostile.bytes(
            "a bomb of many entries",
            ArchiveTricks::manyEntries,
            ARTIFACT,
            "limit 'entries' of 50000"),
        Hostile.bytes(
            "entries that share their bytes", ArchiveTricks::overlapping, ARTIFACT, "overlaps"),
        Hostile.bytes(
            "an archive in an archive",
            () -> TestBundle.zip(Map.of("inner.zip", TestBundle.archive(Hostile.bank()))),
            ARTIFACT,
            "neither a bundle (no Bundle-SymbolicName) nor an archive"),
        Hostile.bytes(
            "a jar that is no jar",
            () -> TestBundle.zip(Map.of("x.jar", "hello".getBytes(UTF_8))),
            ARTIFACT,
            "entry 'x.jar'"),
        Hostile.bytes(
            "a jar without a manifest",
            () -> TestBundle.zip(Map.of("x.jar", TestBundle.zip(Map.of("x", new byte[1])))),
            ARTIFACT,
            "it has no META-INF/MANIFEST.MF"),
        Hostile.bytes(
            "one bundle twice",
            () -> {
              Map<String, byte[]> twice = new LinkedHashMap<>();
              twice.put("a.jar", Hostile.bank().jar());
              twice.put("b.jar", Hostile.bank().file("x", new byte[1]).jar());
              return TestBundle.zip(twice);
            },
            ARTIFACT,
            "it holds bundle x.bank 2.0.0 twice"),
        Hostile.bytes(
            "two generations at once",
            () ->
                TestBundle.archive(
                    Hostile.generation(), TestBundle.generation("v3"), Hostile.bank()),
            ARTIFACT,
            "both declare a generation"),
        Hostile.bytes(
            "a module and no generation",
            () -> TestBundle.archive(Hostile.bank()),
            ARTIFACT,
            "no bundle in it declares a generation"),
        Hostile.bytes(
            "other bytes of the version that runs",
            () ->
                TestBundle.archive(
                    TestBundle.generation(Hostile.PLAN).takes("bank", "1.0.0"),
                    TestBundle.module("bank", "1.0.0").file("x", new byte[1])),
            Hostile.COMPOSITION,
            "other bytes than the one of this version that runs",
            "raise its Bundle-Version"));
  }

  /** An archive of one good bundle and what the trick adds. */
  private static Hostile entry(String name, Consumer<RawZip> trick, String text) {
    return Hostile.bytes(
        name,
        () -> {
          RawZip zip = new RawZip();
          zip.add("good.jar", Hostile.bank().jar());
          trick.accept(zip);
          return zip.bytes();
        },
        ARTIFACT,
        text);
  }

  /** A good archive after the trick. */
  private static Hostile whole(String name, UnaryOperator<byte[]> trick, String text) {
    return Hostile.bytes(
        name,
        () -> trick.apply(TestBundle.archive(Hostile.generation(), Hostile.bank())),
        ARTIFACT,
        text);
  }

  private static byte[] manyEntries() {
    RawZip zip = new RawZip();
    for (int i = 0; i <= 50_000; i++) {
      zip.add("e" + i, new byte[0]);
    }
    return zip.bytes();
  }

  /** An entry whose bytes are those of another entry, as in a bomb of overlapping files. */
  private static byte[] overlapping() {
    String content = "x".repeat(100);
    RawZip inner = new RawZip();
    inner.add("b", content);
    byte[] local = Arrays.copyOf(inner.bytes(), LOCAL + 1 + content.length());
    RawZip zip = new RawZip();
    zip.add("a", local);
    zip.add("b", content);
    byte[] file = zip.bytes();
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int directory = bytes.getInt(file.length - END + 16);
    int offsetOfSecond = directory + CENTRAL + 1 + 42;
    bytes.putInt(offsetOfSecond, LOCAL + 1);
    return file;
  }

  /** A comment at the end, and its length where readers look for it. */
  private static byte[] commented(byte[] file, byte[] comment) {
    byte[] commented = join(file, comment);
    ByteBuffer.wrap(commented)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putShort(file.length - 2, (short) comment.length);
    return commented;
  }

  private static byte[] join(byte[] first, byte[] second) {
    byte[] joined = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, joined, first.length, second.length);
    return joined;
  }

  private static byte[] putInt(byte[] file, int fromEnd, int value) {
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(file.length - fromEnd, value);
    return file;
  }

  private static byte[] putShort(byte[] file, int fromEnd, int value) {
    ByteBuffer.wrap(file)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putShort(file.length - fromEnd, (short) value);
    return file;
  }

  private static byte[] putCount(byte[] file, int count) {
    putShort(file, END - 8, count);
    return putShort(file, END - 10, count);
  }
}
