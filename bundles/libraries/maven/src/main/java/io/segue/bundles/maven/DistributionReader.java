package io.segue.bundles.maven;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.repository.WorkspaceReader;
import org.eclipse.aether.repository.WorkspaceRepository;
import org.jspecify.annotations.Nullable;

/**
 * Gives Maven the artifacts of Segue where they lie, in the folder {@code maven} of the
 * distribution that this class is in. From any other repository Maven would copy a release into the
 * user's local repository and never look again, so that another build of the same version would be
 * passed over.
 *
 * <p>Maven loads it where a project's {@code .mvn/maven.config} names its jar by {@code
 * maven.ext.class.path}, finds it by {@code META-INF/plexus/components.xml}, and asks it before any
 * repository, on any of its threads.
 */
public final class DistributionReader implements WorkspaceReader {
  private static final String GROUP = "io.segue";

  private final Path repository;
  private final WorkspaceRepository name = new WorkspaceRepository("segue");

  /** Of the distribution whose folder {@code build} has the jar of this class. */
  public DistributionReader() {
    this(jar().resolve("../../maven").normalize());
  }

  DistributionReader(Path repository) {
    this.repository = repository;
  }

  @Override
  public WorkspaceRepository getRepository() {
    return name;
  }

  /** A file of Segue; null where the distribution does not have it, for Maven to look elsewhere. */
  @Override
  public @Nullable File findArtifact(Artifact artifact) {
    if (!artifact.getGroupId().equals(GROUP)) {
      return null;
    }
    String classifier = artifact.getClassifier();
    Path file =
        versions(artifact)
            .resolve(artifact.getVersion())
            .resolve(
                artifact.getArtifactId()
                    + "-"
                    + artifact.getVersion()
                    + (classifier.isEmpty() ? "" : "-" + classifier)
                    + "."
                    + artifact.getExtension());
    return Files.isRegularFile(file) ? file.toFile() : null;
  }

  @Override
  public List<String> findVersions(Artifact artifact) {
    Path folder = versions(artifact);
    if (!artifact.getGroupId().equals(GROUP) || !Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> versions = Files.list(folder)) {
      return versions
          .filter(Files::isDirectory)
          .map(version -> version.getFileName().toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path versions(Artifact artifact) {
    return repository.resolve(GROUP.replace('.', '/')).resolve(artifact.getArtifactId());
  }

  private static Path jar() {
    try {
      return Path.of(
          DistributionReader.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the distribution's folder is unknown", e);
    }
  }
}
