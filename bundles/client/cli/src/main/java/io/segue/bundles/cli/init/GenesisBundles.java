package io.segue.bundles.cli.init;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.cli.console.Output;
import io.segue.bundles.cli.console.OwnerFiles;
import io.segue.bundles.nodes.Distribution;
import io.segue.bundles.nodes.Sha256;
import io.segue.kernel.api.node.FailureText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarInputStream;
import java.util.jar.Manifest;
import java.util.stream.StreamSupport;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * The bundles of a chain's first generation, and their digest: SHA-256 of a line {@code <symbolic
 * name> <version> <sha256>} for each, sorted, as the kernel computes it. {@code
 * app_state.upgrade.generation} of a genesis file binds the chain to it.
 *
 * @param jars bytes by file name
 */
public record GenesisBundles(Map<String, byte[]> jars) {
  /** Those of the distribution. */
  public static GenesisBundles ofDistribution() {
    return inFolder(Distribution.folder().resolve("genesis"));
  }

  /** The jars in a folder. */
  static GenesisBundles inFolder(Path folder) {
    Map<String, byte[]> jars = new TreeMap<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.jar")) {
      for (Path file : files) {
        jars.put(String.valueOf(file.getFileName()), Files.readAllBytes(file));
      }
    } catch (IOException e) {
      throw new CliException(
          "the bundles in " + folder + " can't be read: " + FailureText.of(e), e);
    }
    return new GenesisBundles(jars);
  }

  /** The bundles of a digest among the archives in a folder, in either form of an archive. */
  public static Optional<GenesisBundles> find(Path folder, String digest) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, Files::isRegularFile)) {
      for (Path file : files) {
        Optional<GenesisBundles> found = archived(file).filter(b -> b.isOf(digest));
        if (found.isPresent()) {
          return found;
        }
      }
    } catch (IOException e) {
      throw new CliException(folder + " can't be read: " + FailureText.of(e), e);
    }
    return kept(folder, digest);
  }

  /** The digest that a genesis file binds its chain to; empty where it binds nothing. */
  public static Optional<String> boundBy(Path genesisFile) {
    try (JsonParser json = Output.JSON.getFactory().createParser(genesisFile.toFile())) {
      if (enter(json, "app_state") && enter(json, "upgrade") && enter(json, "generation")) {
        return Optional.of(json.getText()).filter(text -> !text.isEmpty());
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new CliException(genesisFile + " can't be read: " + e.getMessage(), e);
    }
  }

  /**
   * The digest of the generation that the state of a genesis file goes on with; empty where that is
   * the chain's first one.
   */
  public static Optional<String> continuedBy(Path genesisFile) {
    try (JsonParser json = Output.JSON.getFactory().createParser(genesisFile.toFile())) {
      if (!enter(json, "app_state") || !enter(json, "upgrade") || !enter(json, "done")) {
        return Optional.empty();
      }
      JsonNode done = json.readValueAsTree();
      return StreamSupport.stream(done.spliterator(), false)
          .filter(plan -> !plan.path("generation").asText().isEmpty())
          .max(Comparator.comparingLong(plan -> plan.path("height").asLong()))
          .map(plan -> plan.path("generation").asText());
    } catch (IOException e) {
      throw new CliException(genesisFile + " can't be read: " + e.getMessage(), e);
    }
  }

  /** The digest of the generation that these bundles make. */
  public String digest() {
    List<String> lines = new ArrayList<>();
    jars.forEach((name, bytes) -> lines.add(line(name, bytes)));
    lines.sort(null);
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(line).append('\n'));
    return Sha256.hex(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** Writes the bundles into a new folder. */
  public void writeTo(Path folder) {
    OwnerFiles.makeFolder(folder);
    try {
      for (Map.Entry<String, byte[]> jar : jars.entrySet()) {
        Files.write(folder.resolve(jar.getKey()), jar.getValue());
      }
    } catch (IOException e) {
      throw new CliException(
          "the bundles can't be written to " + folder + ": " + FailureText.of(e), e);
    }
  }

  private boolean isOf(String digest) {
    return !jars.isEmpty() && digest().equals(digest);
  }

  private static Optional<GenesisBundles> archived(Path file) throws IOException {
    Map<String, byte[]> jars = new TreeMap<>();
    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(file))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        String name = entry.getName();
        if (name.endsWith(".jar")) {
          jars.put(name.substring(name.lastIndexOf('/') + 1), zip.readAllBytes());
        }
      }
    } catch (java.util.zip.ZipException e) {
      return Optional.empty(); // no archive
    }
    return jars.values().stream().allMatch(GenesisBundles::isBundle)
        ? Optional.of(new GenesisBundles(jars))
        : Optional.empty();
  }

  /** As the content store of a node keeps them: a manifest and each bundle under its digest. */
  private static Optional<GenesisBundles> kept(Path folder, String digest) {
    Path manifest = folder.resolve(digest + ".manifest");
    if (!Files.isRegularFile(manifest)) {
      return Optional.empty();
    }
    Map<String, byte[]> jars = new TreeMap<>();
    try {
      for (String line : Files.readAllLines(manifest)) {
        String[] words = line.split(" ");
        jars.put(words[0] + ".jar", Files.readAllBytes(folder.resolve(words[words.length - 1])));
      }
    } catch (IOException e) {
      return Optional.empty(); // some of them are gone
    }
    return Optional.of(new GenesisBundles(jars)).filter(b -> b.isOf(digest));
  }

  private static boolean isBundle(byte[] jar) {
    return attribute(jar, "Bundle-SymbolicName").isPresent();
  }

  private static String line(String file, byte[] jar) {
    String name =
        attribute(jar, "Bundle-SymbolicName")
            .orElseThrow(() -> new CliException(file + " is no bundle; remove it"));
    String version = attribute(jar, "Bundle-Version").orElse("0.0.0");
    return name.split(";")[0].strip() + " " + threeParts(version.strip()) + " " + Sha256.hex(jar);
  }

  private static String threeParts(String version) {
    int dots = (int) version.chars().filter(c -> c == '.').count();
    return version + ".0".repeat(Math.max(0, 2 - dots));
  }

  private static Optional<String> attribute(byte[] jar, String name) {
    try (JarInputStream in = new JarInputStream(new ByteArrayInputStream(jar), false)) {
      return Optional.ofNullable(in.getManifest())
          .map(Manifest::getMainAttributes)
          .map((Attributes attributes) -> attributes.getValue(name));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Goes to the value of a member of the next object; false where it has none. */
  private static boolean enter(JsonParser json, String member) throws IOException {
    if (json.currentToken() == null) {
      json.nextToken();
    }
    if (json.currentToken() != JsonToken.START_OBJECT) {
      return false;
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      boolean found = json.currentName().equals(member);
      json.nextToken();
      if (found) {
        return true;
      }
      json.skipChildren();
    }
    return false;
  }
}
