package io.segue.kernel.admission.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BundleManifestTest {
  @Test
  void readsNameVersionAndModules() throws RefusedException {
    BundleManifest manifest =
        read(
            TestBundle.of("x.bank", "2.1")
                .provides("io.segue.module;effective:=generation;name=bank;factory=x.bank.Factory")
                .provides(
                    "io.segue.module;effective:=generation;name=mint;factory=\"x.mint.Factory\""));

    assertThat(manifest.symbolicName()).isEqualTo("x.bank");
    assertThat(manifest.version()).isEqualTo("2.1.0");
    assertThat(manifest.modules())
        .isEqualTo(Map.of("bank", "x.bank.Factory", "mint", "x.mint.Factory"));
  }

  @ParameterizedTest
  @CsvSource({"1,1.0.0", "1.2,1.2.0", "1.2.3,1.2.3", "1.2.3.rc-1,1.2.3.rc-1", "01.2,1.2.0"})
  void versionsHaveOneForm(String written, String normal) throws RefusedException {
    assertThat(read(TestBundle.of("x", written)).version()).isEqualTo(normal);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.x", "v1", "1.2.3.4.5", "-1", "1..2", "99999999999"})
  void whatIsNoVersionIsRefused(String version) {
    assertThat(refusal(TestBundle.of("x", version)))
        .contains("Bundle-Version: " + version)
        .contains("major.minor.micro");
  }

  @Test
  void missingHeadersAreRefusedByName() {
    assertThat(refusal(TestBundle.of("x", "1").without("Bundle-SymbolicName")))
        .contains("Bundle-SymbolicName is missing");
    assertThat(refusal(TestBundle.of("x", "1").without("Bundle-Version")))
        .contains("Bundle-Version is missing");
  }

  @Test
  void modulesThatCannotBeMadeAreRefused() {
    assertThat(refusal(TestBundle.of("x", "1").provides("io.segue.module;name=bank")))
        .contains("bundle x 1.0.0")
        .contains("lacks the attribute 'factory'");
    assertThat(refusal(TestBundle.of("x", "1").provides("io.segue.module;name=Bank;factory=a.B")))
        .contains("module name 'Bank'");
    assertThat(
            refusal(TestBundle.of("x", "1").provides("io.segue.module;name=bank;factory=\"a b\"")))
        .contains("factory 'a b'");
    assertThat(
            refusal(
                TestBundle.of("x", "1")
                    .provides("io.segue.module;name=bank;factory=a.B")
                    .provides("io.segue.module;name=bank;factory=a.C")))
        .contains("module bank is declared twice");
  }

  @ParameterizedTest
  @ValueSource(strings = {"io.segue.module;=x", "io.segue.module;name=\"a", ";;"})
  void headersThatCannotBeParsedAreRefusedWithTheirText(String header) {
    assertThat(refusal(TestBundle.of("x", "1").provides(header)))
        .contains("Provide-Capability: " + header)
        .contains("can't be read");
  }

  @Test
  void aHeaderThatOccursTwiceIsRefused() {
    assertThat(headersRefusal("Bundle-Version: 1\nbundle-version: 2\n"))
        .contains("header bundle-version twice");
  }

  @Test
  void aLineThatIsNoHeaderIsRefused() {
    assertThat(headersRefusal("Bundle-Version 1\n")).contains("'Bundle-Version 1'");
    assertThat(headersRefusal(" x\n")).contains("' x'");
  }

  @Test
  void theFrameworkShowsANameThatATerminalCanShow() throws RefusedException {
    assertThat(read(named("Segue Module bank")).frameworkHeaders())
        .containsEntry("Bundle-Name", "Segue Module bank");
    assertThat(read(named("\u001b[2J")).frameworkHeaders()).doesNotContainKey("Bundle-Name");
    assertThat(read(named("a".repeat(BundleManifest.MAX_NAME_LENGTH + 1))).frameworkHeaders())
        .doesNotContainKey("Bundle-Name");
  }

  @Test
  void onlyTheMainSectionCounts() throws RefusedException {
    assertThat(ManifestHeaders.parse("x", "A: 1\r\n\r\nName: b\r\nA: 2\r\n".getBytes(UTF_8)))
        .isEqualTo(Map.of("A", "1"));
  }

  @Test
  void aLineGoesOnAfterABlankEvenWithinACharacter() throws RefusedException {
    byte[] parted = {'A', ':', ' ', (byte) 0xc3, '\n', ' ', (byte) 0xa9, '\n'};
    assertThat(ManifestHeaders.parse("x", parted)).isEqualTo(Map.of("A", "é"));
  }

  private static TestBundle named(String name) {
    return TestBundle.of("x", "1").header("Bundle-Name", name);
  }

  private static BundleManifest read(TestBundle bundle) throws RefusedException {
    return BundleFile.kept("the jar", Content.of(bundle.jar())).manifest();
  }

  private static String refusal(TestBundle bundle) {
    RefusedException refused = catchThrowableOfType(RefusedException.class, () -> read(bundle));
    assertThat(refused).as("refused").isNotNull();
    assertThat(refused.reason()).isEqualTo(RefusalReason.MANIFEST);
    return refused.text();
  }

  private static String headersRefusal(String manifest) {
    RefusedException refused =
        catchThrowableOfType(
            RefusedException.class,
            () -> ManifestHeaders.parse("the jar", manifest.getBytes(UTF_8)));
    return refused.text();
  }
}
