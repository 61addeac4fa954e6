package io.segue.kernel.admission.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZipArchiveTest {
  private static final com.sun.management.ThreadMXBean ALLOCATIONS =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final ArtifactLimits LIMITS = new ArtifactLimits(1 << 20, 3, 4 << 20, 200);

  @Test
  void readsWhatToolsWrite() throws RefusedException {
    byte[] file =
        TestBundle.zip(new LinkedHashMap<>(Map.of("a/b.txt", "text".repeat(1000).getBytes(UTF_8))));

    ZipArchive zip = read(file);

    assertThat(zip.content(zip.entry("a/b.txt").orElseThrow()))
        .asString()
        .startsWith("texttext")
        .hasSize(4000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../x",
        "a/../../x",
        "..",
        "a/..",
        "/etc/x",
        "C:/x",
        "c:x",
        "a\\x",
        "a//x",
        "./x",
        "",
        "a\nb"
      })
  void namesThatLeadElsewhereAreRefused(String name) {
    refuses(name, entry(name, "x").bytes(), "its name");
  }

  @Test
  void aNameThatOccursTwiceIsRefused() {
    RawZip zip = entry("a", "1");
    zip.add("a", "2");
    refuses("a", zip.bytes(), "occurs twice");
  }

  @Test
  void aFolderAndAFileOfOneNameAreRefused() {
    RawZip zip = entry("a", "1");
    zip.add("a/", "");
    refuses("a/", zip.bytes(), "occurs twice");
  }

  @Test
  void linksAreRefused() {
    RawZip zip = new RawZip();
    zip.add("link", "/etc/passwd").unixMode(0xa1ff);
    refuses("link", zip.bytes(), "it is a link");
  }

  @Test
  void devicesAreRefused() {
    RawZip zip = new RawZip();
    zip.add("device", "").unixMode(0x61b0);
    refuses("device", zip.bytes(), "neither a file nor a folder");
  }

  @Test
  void plainFilesAndFoldersOfUnixAreRead() throws RefusedException {
    RawZip zip = new RawZip();
    zip.add("a/", "").unixMode(0x41ed);
    zip.add("a/file", "x").unixMode(0x81a4);
    assertThat(read(zip.bytes()).entries()).hasSize(2);
  }

  @Test
  void moreEntriesThanTheLimitAreRefused() {
    RawZip zip = new RawZip();
    for (int i = 0; i < 4; i++) {
      zip.add("e" + i, "x");
    }
    assertThat(refusal(zip.bytes())).contains("the limit 'entries' of 3");
  }

  @Test
  void moreUnpackedBytesThanTheLimitAreRefused() {
    RawZip zip = new RawZip();
    zip.add("a", new byte[3 << 20]);
    zip.add("b", new byte[2 << 20]);
    refuses("b", zip.bytes(), "the limit 'unpackedBytes' of 4194304");
  }

  @Test
  void theSumOfSizesIsLimitedBeforeRoomIsMadeForAnyEntry() {
    RawZip zip = new RawZip();
    zip.add("a", new byte[1 << 20]);
    zip.add("b", new byte[1 << 20]);
    byte[] file = zip.bytes();
    int limitBytes = (2 << 20) - 1;

    long before = ALLOCATIONS.getThreadAllocatedBytes(Thread.currentThread().getId());
    assertThat(refusal(file, new ArtifactLimits(4 << 20, 3, limitBytes, 200)))
        .contains("the limit 'unpackedBytes' of " + limitBytes);
    long made = ALLOCATIONS.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;

    assertThat(made).isLessThan(1 << 20);
  }

  @Test
  void theContentOfALargeEntryIsCheckedInPieces() throws RefusedException {
    byte[] text = "0123456789".repeat(300_000).getBytes(UTF_8);
    byte[] file = TestBundle.zip(Map.of("a", text));

    long before = ALLOCATIONS.getThreadAllocatedBytes(Thread.currentThread().getId());
    ZipArchive zip = read(file, new ArtifactLimits(4 << 20, 3, 4 << 20, 1_000));
    long made = ALLOCATIONS.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;

    assertThat(made).isLessThan(1 << 20);
    assertThat(zip.content(zip.entry("a").orElseThrow())).isEqualTo(text);
  }

  @Test
  void aBombIsRefusedByItsRatioBeforeItIsUnpacked() {
    byte[] bomb = TestBundle.zip(Map.of("bomb", new byte[3 << 20]));
    refuses("bomb", bomb, "the limit 'ratio' of 200");
  }

  @Test
  void anEntryThatSaysItIsSmallerThanItIsIsRefused() {
    byte[] file = TestBundle.zip(Map.of("a", "text".repeat(100).getBytes(UTF_8)));
    int directory = file.length - 22 - 47;
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(directory + 24, 10);
    refuses("a", file, "the sizes behind its data differ from those in the directory");
    bytes.putInt(directory - 4, 10);
    refuses("a", file, "another size than it says (10)");
  }

  @Test
  void anEntryThatIsStoredWithTwoSizesIsRefused() {
    RawZip zip = new RawZip();
    zip.add("a", "four").says(3);
    refuses("a", zip.bytes(), "two sizes");
  }

  @Test
  void anEntryWhoseHeaderNamesAnotherIsRefused() {
    RawZip zip = new RawZip();
    zip.add("a", "x").localName("b");
    refuses("a", zip.bytes(), "differs from the one in the directory");
  }

  @Test
  void damagedContentIsRefused() {
    RawZip zip = new RawZip();
    zip.add("a", "x").wrongChecksum();
    refuses("a", zip.bytes(), "its checksum is wrong");
  }

  @Test
  void encryptedAndOddlyPackedEntriesAreRefused() {
    RawZip encrypted = new RawZip();
    encrypted.add("a", "x").encrypted();
    refuses("a", encrypted.bytes(), "encrypted");
    RawZip bzip = new RawZip();
    bzip.add("a", "x").method(12);
    refuses("a", bzip.bytes(), "method 12");
  }

  @Test
  void aSecondManifestInOtherLettersIsRefused() {
    RawZip zip = entry("META-INF/MANIFEST.MF", "");
    zip.add("meta-inf/manifest.mf", "");
    refuses("meta-inf/manifest.mf", zip.bytes(), "a manifest is named META-INF/MANIFEST.MF");
  }

  @Test
  void bytesBeforeTheFirstEntryAreRefused() {
    byte[] zip = entry("a", "x").bytes();
    byte[] shifted = new byte[zip.length + 4];
    System.arraycopy(zip, 0, shifted, 4, zip.length);
    assertThat(refusal(shifted)).contains("its directory is not where its end says");
  }

  @Test
  void entriesThatShareBytesAreRefused() {
    RawZip zip = entry("a", "x");
    zip.add("a2", "y");
    byte[] file = zip.bytes();
    int secondCentral = file.length - 22 - 46 - 2;
    Arrays.fill(file, secondCentral + 42, secondCentral + 46, (byte) 0);
    assertThat(refusal(file)).contains("entry 'a2'").contains("differs from");
  }

  @Test
  void aFileThatWasCutOffIsRefused() {
    byte[] zip = entry("a", "some content").bytes();
    for (int length = 0; length < zip.length; length++) {
      assertThat(refusal(Arrays.copyOf(zip, length))).contains("refused");
    }
  }

  @Test
  void noBytesWhateverHarmTheReader() {
    byte[] zip = TestBundle.zip(Map.of("a", "content".repeat(9).getBytes(UTF_8)));
    for (int at = 0; at < zip.length; at++) {
      for (int flip : new int[] {1, 0x80, 0xff}) {
        byte[] damaged = zip.clone();
        damaged[at] ^= (byte) flip;
        try {
          read(damaged);
        } catch (RefusedException refused) {
          assertThat(refused.reason()).isEqualTo(RefusalReason.ARTIFACT);
        }
      }
    }
  }

  private static RawZip entry(String name, String content) {
    RawZip zip = new RawZip();
    zip.add(name, content);
    return zip;
  }

  private static ZipArchive read(byte[] file) throws RefusedException {
    return read(file, LIMITS);
  }

  private static ZipArchive read(byte[] file, ArtifactLimits limits) throws RefusedException {
    ZipArchive zip = ZipArchive.open("the file", file, new ZipDirectory.Budget(limits));
    for (ZipDirectory.Entry entry : zip.entries()) {
      zip.verify(entry);
    }
    return zip;
  }

  private static void refuses(String entry, byte[] file, String why) {
    assertThat(refusal(file))
        .startsWith("the file: entry '" + entry + "' is refused")
        .contains(why);
  }

  private static String refusal(byte[] file) {
    return refusal(file, LIMITS);
  }

  private static String refusal(byte[] file, ArtifactLimits limits) {
    RefusedException refused =
        catchThrowableOfType(RefusedException.class, () -> read(file, limits));
    assertThat(refused).isNotNull();
    assertThat(refused.reason()).isEqualTo(RefusalReason.ARTIFACT);
    return refused.text();
  }
}
