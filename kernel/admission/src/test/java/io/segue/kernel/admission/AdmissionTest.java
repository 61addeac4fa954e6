package io.segue.kernel.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.segue.kernel.admission.artifact.ArtifactSource;
import io.segue.kernel.admission.artifact.GenerationManifest;
import io.segue.kernel.admission.artifact.RefusalReason;
import io.segue.kernel.admission.artifact.Sha256;
import io.segue.kernel.admission.artifact.TestBundle;
import io.segue.kernel.api.node.CheckReport.Severity;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdmissionTest {
  private static final Set<String> PLATFORM = Set.of("org.apache.felix.scr");

  @Test
  void aModuleAsTheBuildMakesItIsAdmitted() {
    TestBundle bundle =
        bundle()
            .header("Bundle-ClassPath", ".")
            .header(
                "Import-Package",
                "java.util,io.segue.kernel.api.module;version=\"[1.0,2)\","
                    + "io.segue.kernel.api.upgrade,com.google.protobuf,com.google.protobuf.util,"
                    + "org.slf4j;version=\"[2.0,3)\"")
            .header("Require-Capability", "osgi.ee;filter:=\"(&(osgi.ee=JavaSE)(version=17))\"")
            .provides("io.segue.module;effective:=generation;name=bank;factory=\"x.bank.Factory\"");

    assertThat(refusals(bundle)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Bundle-Activator      | x.Activator               | remove the activator
          Service-Component     | OSGI-INF/x.xml            | remove the Declarative Services annotations
          Fragment-Host         | org.apache.felix.scr      | make it a bundle
          Require-Bundle        | x.bank                    | remove the requirement
          DynamicImport-Package | *                         | list them in Import-Package
          Bundle-NativeCode     | libx.so;osname=Linux      | remove it
          Bundle-ClassPath      | .,lib/x.jar               | put the classes into the jar itself
          Export-Package        | x.bank.api                | remove the header
          Multi-Release         | true                      | remove the header
          Bundle-ManifestVersion| 1                         | it must be 2
          """)
  void aHeaderThatReachesOutIsRefusedWithItsValueAndWhatToDo(
      String header, String value, String advice) {
    assertThat(refusal(bundle().header(header, value)))
        .startsWith("bundle x.bank 1.0.0 is refused: " + header + ": " + value)
        .contains(advice);
  }

  @Test
  void headersAreFoundHoweverTheyAreSpelled() {
    assertThat(refusal(bundle().header("bundle-ACTIVATOR", "x.Activator")))
        .contains("Bundle-Activator: x.Activator");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "org.osgi.framework",
        "io.segue.kernel.core.exec",
        "io.segue.kernel.apiary",
        "org.slf4j.spi",
        "com.google.protobuffer",
        "javax.management",
        "sun.misc",
        "org.rocksdb",
        "io.segue.bundles.bank"
      })
  void anImportOutsideTheAllowListIsRefusedByName(String imported) {
    assertThat(refusal(bundle().header("Import-Package", "org.slf4j," + imported + ";version=1.0")))
        .contains("Import-Package: " + imported + ":")
        .contains("io.segue.kernel.api.*");
  }

  @Test
  void anOptionalImportIsJudgedLikeAnyOther() {
    assertThat(
            refusal(bundle().header("Import-Package", "org.osgi.framework;resolution:=optional")))
        .contains("org.osgi.framework");
  }

  @Test
  void aSymbolicNameOfThePlatformIsRefused() {
    assertThat(refusal(TestBundle.of("org.apache.felix.scr", "9.0.0")))
        .contains("Bundle-SymbolicName: org.apache.felix.scr")
        .contains("give the bundle another");
  }

  @Test
  void aSingletonIsRefusedBecauseVersionsStandSideBySide() {
    assertThat(refusal(TestBundle.of("x.bank;singleton:=true", "1.0.0")))
        .contains("Bundle-SymbolicName: x.bank;singleton:=true")
        .contains("side by side");
  }

  @Test
  void aRequirementOnAnythingButJavaIsRefused() {
    assertThat(refusal(bundle().header("Require-Capability", "osgi.extender;filter:=\"(a=b)\"")))
        .contains("Require-Capability: osgi.extender");
  }

  @Test
  void aCapabilityThatTheFrameworkWouldWireIsRefused() {
    assertThat(refusal(bundle().provides("io.segue.module;name=bank;factory=x.Factory")))
        .contains("Provide-Capability: io.segue.module")
        .contains("effective:=generation");
  }

  @Test
  void aBundleWithoutAManifestVersionIsRefused() {
    assertThat(refusal(bundle().without("Bundle-ManifestVersion")))
        .contains("Bundle-ManifestVersion: (missing)");
  }

  @Test
  void whatIsFoundInTheCodeIsANoteWhereTheOperatorVouchesForTheBundle() {
    byte[] careless = careless().jar();
    assertThat(check(careless, line -> false, Set.of()).refusals())
        .extracting(Refusal::text)
        .anyMatch(
            text -> text.contains("x.bank.X.<init> (line 1): calls java.lang.System.nanoTime()"));

    Verdict verdict = check(careless, line -> false, Set.of(Sha256.of(careless)));

    assertThat(verdict.refusals()).extracting(Refusal::reason).containsOnly(RefusalReason.ARTIFACT);
    assertThat(verdict.notes())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.severity()).isEqualTo(Severity.NOTE);
              assertThat(finding.instead()).contains("'admit' vouches for the bundle");
            });
  }

  @Test
  void theCodeOfABundleThatRanIsNotLookedAt() {
    Verdict verdict = check(careless().jar(), line -> line.version().equals("1.0.0"), Set.of());

    assertThat(verdict.refusals()).extracting(Refusal::reason).containsOnly(RefusalReason.ARTIFACT);
    assertThat(verdict.notes()).isEmpty();
  }

  @Test
  void everyBundleOfAnArchiveIsCheckedAndNothingIsLeftOut() {
    Verdict verdict =
        check(
            TestBundle.archive(
                TestBundle.generation("v2").header("Bundle-Activator", "a"),
                TestBundle.of("x.torn", "1.0.0").header("Import-Package", "a;b=\"c"),
                careless().header("Fragment-Host", "b")),
            line -> false,
            Set.of());

    assertThat(verdict.artifact()).isEmpty();
    assertThat(verdict.bundles()).hasSize(2);
    assertThat(verdict.refusals())
        .extracting(refusal -> refusal.reason() + " " + refusal.finding().bundle())
        .containsExactly(
            "ADMISSION bundle x.gen.v2 1.0.0",
            "MANIFEST bundle x.torn 1.0.0",
            "ADMISSION bundle x.bank 1.0.0",
            "ADMISSION bundle x.bank 1.0.0");
  }

  @Test
  void theVerdictHasTheArtifactThatWasRead() {
    byte[] archive = TestBundle.archive(TestBundle.generation("v2"), bundle());

    Verdict verdict = check(archive, line -> false, Set.of());

    assertThat(verdict.admitted()).isTrue();
    assertThat(verdict.sha256()).isEqualTo(Sha256.of(archive));
    assertThat(verdict.artifact().orElseThrow().declaration().plan()).isEqualTo("v2");
    assertThat(verdict.bundles())
        .extracting(bundle -> bundle.symbolicName() + " " + bundle.classes())
        .containsExactly("x.gen.v2 1", "x.bank 0");
  }

  private static TestBundle careless() {
    return bundle().source("x.bank.X", "package x.bank; class X { long now = System.nanoTime(); }");
  }

  private static TestBundle bundle() {
    return TestBundle.of("x.bank", "1.0.0");
  }

  private static Verdict check(
      byte[] artifact, Predicate<GenerationManifest.Line> ran, Set<String> vouched) {
    return Admission.check(ArtifactSource.archive(artifact), new Baseline(PLATFORM, ran, vouched));
  }

  /** What the manifest of a bundle is refused for. */
  private static List<Refusal> refusals(TestBundle bundle) {
    return check(bundle.jar(), line -> true, Set.of()).refusals().stream()
        .filter(refusal -> refusal.reason() == RefusalReason.ADMISSION)
        .toList();
  }

  private static String refusal(TestBundle bundle) {
    List<Refusal> refusals = refusals(bundle);
    assertThat(refusals).hasSize(1);
    return refusals.get(0).text();
  }
}
