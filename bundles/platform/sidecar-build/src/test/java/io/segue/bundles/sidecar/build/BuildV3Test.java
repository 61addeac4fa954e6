package io.segue.bundles.sidecar.build;

import static io.segue.bundles.sidecar.build.TestBuild.aBuild;
import static io.segue.bundles.sidecar.build.TestBuild.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.segue.kernel.admission.Admission;
import io.segue.kernel.admission.Baseline;
import io.segue.kernel.admission.artifact.Artifact;
import io.segue.kernel.admission.artifact.ArtifactSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plan v3 goes by way of this sidecar: its folder, committed to a repository, is what is built. */
class BuildV3Test {
  private static final Path SOURCES = Path.of("../../../upgrade-handlers/v3");
  private static final String SDK = "1.0.0";

  @TempDir Path folder;

  @Test
  void buildsPlanV3OnTwoNodesToTheSameDigest() throws Exception {
    try (SourceRepository repository = SourceRepository.in(folder.resolve("v3.git"))) {
      String commit = repository.commitFolder(SOURCES);
      Path one = Files.createDirectories(folder.resolve("one/artifacts")).getParent();
      Path two = Files.createDirectories(folder.resolve("two/artifacts")).getParent();
      Path sdk = SdkJars.current(folder, SDK);
      String digest = aBuild().withSdks(sdk).digestOf(one, repository.url(), commit, "");

      Path artifact =
          aBuild()
              .withSdks(sdk)
              .sidecar()
              .run(task(two, repository.url(), digest, "commit", commit), (done, all) -> {});

      Artifact read =
          Admission.check(
                  ArtifactSource.archive(Files.readAllBytes(artifact)),
                  Baseline.withoutNode(Set.of()))
              .artifact()
              .orElseThrow();
      assertThat(read.sha256()).isEqualTo(digest);
      assertThat(read.declaration().plan()).isEqualTo("v3");
      assertThat(read.declaration().removed()).containsExactly("feemarket");
      assertThat(read.declaration().modules()).containsOnlyKeys("staking", "upgrade");
    }
  }

  @Test
  void givesTheSameBytesWhereANewerSdkIsBesideTheNamedOne() throws Exception {
    try (SourceRepository repository = SourceRepository.in(folder.resolve("v3.git"))) {
      String commit = repository.commitFolder(SOURCES);
      Path data = Files.createDirectories(folder.resolve("data/artifacts")).getParent();
      Path named = SdkJars.current(folder, SDK);
      Path newer = SdkJars.changed(folder, "1.1.0");
      Path changed = SdkJars.changed(Files.createDirectories(folder.resolve("changed")), SDK);

      String digest = aBuild().withSdks(named).digestOf(data, repository.url(), commit, "");

      assertThat(aBuild().withSdks(newer, named).digestOf(data, repository.url(), commit, ""))
          .isEqualTo(digest);
      assertThat(aBuild().withSdks(changed).digestOf(data, repository.url(), commit, ""))
          .as("the bundles carry classes of the sdk")
          .isNotEqualTo(digest);
    }
  }
}
