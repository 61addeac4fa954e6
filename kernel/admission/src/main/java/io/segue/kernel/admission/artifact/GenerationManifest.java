package io.segue.kernel.admission.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A generation's identity: every bundle in it, one line each, sorted by symbolic name and version.
 *
 * <pre>
 * {@code <symbolic name> <version> <sha256, 64 hex digits>\n}
 * </pre>
 *
 * The SHA-256 of this text is the generation's digest, which state records.
 */
public final class GenerationManifest {
  private final List<Line> lines;
  private final String text;
  private final String digest;

  /** One bundle. */
  public record Line(String symbolicName, String version, String sha256) {
    @Override
    public String toString() {
      return symbolicName + " " + version + " " + sha256;
    }
  }

  private GenerationManifest(List<Line> lines) {
    this.lines = lines;
    StringBuilder builder = new StringBuilder();
    lines.forEach(line -> builder.append(line).append('\n'));
    this.text = builder.toString();
    this.digest = Sha256.of(text.getBytes(UTF_8));
  }

  /** The manifest of these bundles, in whatever order they come. */
  public static GenerationManifest of(Collection<Line> bundles) {
    List<Line> sorted = new ArrayList<>(new HashSet<>(bundles));
    sorted.sort(
        Comparator.comparing(Line::symbolicName)
            .thenComparing(Line::version)
            .thenComparing(Line::sha256));
    return new GenerationManifest(List.copyOf(sorted));
  }

  /**
   * Reads a manifest's text.
   *
   * @throws RefusedException {@link RefusalReason#MANIFEST} where it is not exactly what we write
   */
  public static GenerationManifest parse(String text) throws RefusedException {
    List<Line> lines = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (String line : text.split("\n")) {
      String[] parts = line.split(" ", -1);
      if (parts.length != 3
          || BundleVersion.normalise(parts[1]).filter(parts[1]::equals).isEmpty()
          || !Sha256.isHex(parts[2])
          || !seen.add(line)) {
        throw malformed(line);
      }
      lines.add(new Line(parts[0], parts[1], parts[2]));
    }
    GenerationManifest manifest = of(lines);
    if (!manifest.text.equals(text)) {
      throw malformed(text);
    }
    return manifest;
  }

  /** The bundles in order. */
  public List<Line> lines() {
    return lines;
  }

  /** The text that is digested. */
  public String text() {
    return text;
  }

  /** SHA-256 of the text, 64 hex digits. */
  public String digest() {
    return digest;
  }

  /** The bundle of this name and version. */
  public Optional<Line> find(String symbolicName, String version) {
    return lines.stream()
        .filter(l -> l.symbolicName().equals(symbolicName) && l.version().equals(version))
        .findFirst();
  }

  private static RefusedException malformed(String line) {
    return new RefusedException(
        RefusalReason.MANIFEST,
        "the generation manifest has '" + line + "' where '<name> <version> <sha256>' belongs");
  }
}
