package io.segue.kernel.core.osgi;

import io.segue.kernel.core.generation.Artifact;
import io.segue.kernel.core.generation.GenerationException;
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
  public Artifact read() throws IOException, GenerationException {
    Map<String, byte[]> jars = new TreeMap<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(genesis, "*.jar")) {
      for (Path file : files) {
        jars.put(String.valueOf(file.getFileName()), Files.readAllBytes(file));
      }
    }
    return Artifact.ofBundles(jars);
  }

  @Override
  public Optional<Artifact> shipped(String plan) throws IOException, GenerationException {
    if (plan.equals(PlanRules.GENESIS)) {
      return Optional.of(read());
    }
    Path file = upgrades.resolve(plan.matches(FILE_NAME) ? plan + ".zip" : "none");
    return Files.isRegularFile(file)
        ? Optional.of(Artifact.read(Files.readAllBytes(file)))
        : Optional.empty();
  }
}
