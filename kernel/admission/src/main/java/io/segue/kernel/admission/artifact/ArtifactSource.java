package io.segue.kernel.admission.artifact;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** An artifact that is not read yet. */
public sealed interface ArtifactSource {
  /** A bundle, or a zip archive with bundles at any depth. */
  static ArtifactSource archive(byte[] bytes) {
    return archive(Content.of(bytes));
  }

  /** As {@link #archive(byte[])}, where the digest is known. */
  static ArtifactSource archive(Content content) {
    return new Archive(content);
  }

  /**
   * The bundles of a distribution: the first generation.
   *
   * @param jars bytes by file name
   */
  static ArtifactSource bundles(Map<String, byte[]> jars) {
    return new Bundles(new TreeMap<>(jars));
  }

  /** Digest of the bytes; empty where only what is read gives one. */
  String sha256();

  /** One file. */
  record Archive(Content content) implements ArtifactSource {
    @Override
    public String sha256() {
      return content.sha256();
    }
  }

  /** Files side by side. */
  record Bundles(SortedMap<String, byte[]> jars) implements ArtifactSource {
    @Override
    public String sha256() {
      return "";
    }
  }
}
