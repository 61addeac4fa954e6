package io.segue.kernel.core.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.segue.kernel.api.node.CheckReport.Severity;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdmissionTest {
  private Set<String> vouched = Set.of();
  private final Admission admission =
      new Admission(() -> Set.of("org.apache.felix.scr"), () -> vouched);

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

    assertThatCode(() -> check(bundle)).doesNotThrowAnyException();
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
  void whatIsFoundInTheCodeIsToldAndRefusesNothingWhereTheOperatorVouchesForTheBundle()
      throws GenerationException {
    BundleFile careless =
        BundleFile.read(
            "the bundle",
            bundle()
                .source("x.bank.X", "package x.bank; class X { long now = System.nanoTime(); }")
                .jar(),
            new ZipDirectory.Budget(ArtifactLimits.DEFAULT));
    GenerationException refused =
        catchThrowableOfType(GenerationException.class, () -> admission.check(careless, false));
    assertThat(refused.text())
        .contains("x.bank.X.<init> (line 1): calls java.lang.System.nanoTime()");

    vouched = Set.of(careless.sha256());

    assertThatCode(() -> admission.check(careless, false)).doesNotThrowAnyException();
    assertThat(admission.findings(careless, false))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.severity()).isEqualTo(Severity.NOTE);
              assertThat(finding.instead()).contains("'admit' vouches for the bundle");
            });
  }

  @Test
  void aRefusalTellsTheFirstThingAndHowManyMoreThereAre() {
    assertThat(refusal(bundle().header("Bundle-Activator", "a").header("Fragment-Host", "b")))
        .startsWith("bundle x.bank 1.0.0 is refused: Bundle-Activator: a: ")
        .endsWith(" (and 1 more; upgrade:check lists them)");
  }

  private static TestBundle bundle() {
    return TestBundle.of("x.bank", "1.0.0");
  }

  private void check(TestBundle bundle) throws GenerationException {
    ZipDirectory.Budget budget = new ZipDirectory.Budget(ArtifactLimits.DEFAULT);
    admission.check(BundleFile.read("the bundle", bundle.jar(), budget), true);
  }

  private String refusal(TestBundle bundle) {
    GenerationException refused =
        catchThrowableOfType(GenerationException.class, () -> check(bundle));
    assertThat(refused).as("refused").isNotNull();
    assertThat(refused.reason()).isEqualTo(HoldReason.ADMISSION);
    return refused.text();
  }
}
