package io.segue.kernel.core.osgi;

import io.segue.kernel.admission.artifact.ArtifactSource;
import io.segue.kernel.core.node.Kernel;
import io.segue.kernel.core.plan.PlanRules;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What lies in the distribution: the bundles of generation genesis, and the upgrades it ships.
 *
 * @param genesis the folder with the bundles
 * @param upgrades the folder with {@code <plan>.zip}
 */
record ShippedArtifacts(Path genesis, Path upgrades) implements Kernel.Genesis {
  private static final String FILE_NAME = "[A-Za-z0-9_-][A-Za-z0-9._-]*";

  @Override
  public ArtifactSource read() throws IOException {
    Map<String, byte[]> jars = new TreeMap<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(genesis, "*.jar")) {
      for (Path file : files) {
        jars.put(String.valueOf(file.getFileName()), Files.readAllBytes(file));
      }
    }
    return ArtifactSource.bundles(jars);
  }

  @Override
  public Optional<ArtifactSource> shipped(String plan) throws IOException {
    if (plan.equals(PlanRules.GENESIS)) {
      return Optional.of(read());
    }
    Path file = upgrades.resolve(plan.matches(FILE_NAME) ? plan + ".zip" : "none");
    return Files.isRegularFile(file)
        ? Optional.of(ArtifactSource.archive(Files.readAllBytes(file)))
        : Optional.empty();
  }
}
