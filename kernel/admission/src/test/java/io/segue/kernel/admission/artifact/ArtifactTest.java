package io.segue.kernel.admission.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ArtifactTest {
  @Test
  void aBundleIsAnArtifactOfOne() throws RefusedException {
    byte[] jar = TestBundle.generation("v2").jar();

    Artifact artifact = read(jar);

    assertThat(artifact.sha256()).isEqualTo(Sha256.of(jar));
    assertThat(names(artifact)).containsExactly("x.gen.v2");
    assertThat(artifact.declaration().plan()).isEqualTo("v2");
  }

  @Test
  void anArchiveHoldsBundlesAtAnyDepthAndMayHoldOtherFiles() throws RefusedException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("README.txt", "read me".getBytes(UTF_8));
    entries.put("a/b/c/bank.jar", TestBundle.module("bank", "2.0.0").jar());
    entries.put("handler.jar", TestBundle.generation("v2").jar());

    Artifact artifact = read(TestBundle.zip(entries));

    assertThat(names(artifact)).containsExactly("x.bank", "x.gen.v2");
    assertThat(artifact.bundles().get(0).sha256())
        .isEqualTo(Sha256.of(entries.get("a/b/c/bank.jar")));
  }

  @Test
  void whatIsNeitherIsRefused() {
    assertThat(refusal("<html>not found</html>".getBytes(UTF_8)))
        .contains("neither a bundle nor a zip archive")
        .contains("check what was downloaded");
    assertThat(refusal(new byte[0])).contains("neither a bundle");
    assertThat(refusal(TestBundle.zip(Map.of("a.txt", new byte[] {1}))))
        .contains("nor an archive that holds bundles");
  }

  @Test
  void aJarInAnArchiveThatIsNoBundleIsRefusedByName() {
    byte[] archive =
        TestBundle.zip(Map.of("lib/x.jar", TestBundle.zip(Map.of("a.txt", new byte[] {1}))));
    assertThat(refusal(archive)).contains("entry 'lib/x.jar'").contains("META-INF/MANIFEST.MF");
  }

  @Test
  void aBundleThatIsThereTwiceIsRefused() {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("a.jar", TestBundle.module("bank", "2.0.0").jar());
    entries.put("b.jar", TestBundle.module("bank", "2.0.0", "return 3;").jar());
    assertThat(refusal(TestBundle.zip(entries))).contains("bundle x.bank 2.0.0 twice");
  }

  @Test
  void anArtifactWithoutAGenerationSaysWhatToDeploy() {
    assertThat(refusal(TestBundle.module("bank", "2.0.0").jar()))
        .contains("io.segue.generation")
        .contains("deploy the archive that holds the upgrade handler");
  }

  @Test
  void anArtifactOfTwoGenerationsIsRefused() {
    assertThat(
            refusal(TestBundle.archive(TestBundle.generation("v2"), TestBundle.generation("v3"))))
        .contains("x.gen.v2")
        .contains("x.gen.v3");
  }

  @Test
  void anArtifactLargerThanTheLimitIsRefused() {
    byte[] jar = TestBundle.generation("v2").jar();
    ArtifactLimits limits = new ArtifactLimits(jar.length - 1, 100, 1 << 20, 200);
    assertThat(refusal(jar, limits)).contains("the limit 'artifactBytes' of " + (jar.length - 1));
  }

  @Test
  void theLimitsCountTheBundlesOfAnArchiveToo() {
    byte[] archive =
        TestBundle.archive(TestBundle.generation("v2"), TestBundle.module("bank", "2.0.0"));
    assertThat(refusal(archive, new ArtifactLimits(1 << 20, 4, 1 << 20, 200)))
        .contains("the limit 'entries' of 4");
    assertThat(refusal(archive, new ArtifactLimits(1 << 20, 100, archive.length, 200)))
        .contains("the limit 'unpackedBytes'");
  }

  @Test
  void theBundlesOfADistributionAreAnArtifactInAnyOrder() throws RefusedException {
    byte[] bank = TestBundle.module("bank", "1.0.0").jar();
    byte[] genesis = TestBundle.generation("genesis").jar();
    Map<String, byte[]> one = new LinkedHashMap<>();
    one.put("bank.jar", bank);
    one.put("genesis.jar", genesis);
    Map<String, byte[]> other = new LinkedHashMap<>();
    other.put("genesis.jar", genesis);
    other.put("bank.jar", bank);

    assertThat(bundles(one).sha256()).isEqualTo(bundles(other).sha256());
    assertThat(bundles(one).declaration().plan()).isEqualTo("genesis");
  }

  @Test
  void theDefaultLimitsAreTheOnesWeTellOperators() {
    assertThat(ArtifactLimits.DEFAULT)
        .isEqualTo(new ArtifactLimits(67_108_864, 50_000, 268_435_456, 200));
  }

  private static List<String> names(Artifact artifact) {
    return artifact.bundles().stream().map(b -> b.manifest().symbolicName()).toList();
  }

  private static String refusal(byte[] bytes) {
    return refusal(bytes, ArtifactLimits.DEFAULT);
  }

  private static String refusal(byte[] bytes, ArtifactLimits limits) {
    RefusedException refused =
        catchThrowableOfType(
            RefusedException.class, () -> read(ArtifactSource.archive(bytes), limits));
    assertThat(refused.reason()).isEqualTo(RefusalReason.ARTIFACT);
    return refused.text();
  }

  private static Artifact read(byte[] bytes) throws RefusedException {
    return read(ArtifactSource.archive(bytes), ArtifactLimits.DEFAULT);
  }

  private static Artifact bundles(Map<String, byte[]> jars) throws RefusedException {
    return read(ArtifactSource.bundles(jars), ArtifactLimits.DEFAULT);
  }

  private static Artifact read(ArtifactSource source, ArtifactLimits limits)
      throws RefusedException {
    ArtifactReader reader = new ArtifactReader(source, limits);
    List<BundleFile> files = new ArrayList<>();
    while (reader.hasNext()) {
      files.add(reader.next().file());
    }
    return Artifact.of(source, files);
  }
}
