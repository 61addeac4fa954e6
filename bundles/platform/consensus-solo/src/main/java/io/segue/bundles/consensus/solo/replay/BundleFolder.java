package io.segue.bundles.consensus.solo.replay;

import io.segue.bundles.consensus.solo.wire.Merkle;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarInputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A folder with artifacts of upgrades, looked up by their bytes: by digest, or by the plan whose
 * generation they declare. Names of files mean nothing, so the content store of a node ({@code
 * data/artifacts}) serves as well. Files may come and go meanwhile; each is read once for as long
 * as it does not change.
 *
 * <p>Thread safety: any thread.
 */
final class BundleFolder {
  private static final Pattern PLAN =
      Pattern.compile("io\\.segue\\.generation;[^,]*?\\bplan=\"?([^\";,]+)");

  private final Path folder;
  private final Map<Path, Known> known = new HashMap<>();
  private long changes;

  /** What is known of a file, and which state of it that is. */
  private record Known(long bytes, FileTime modified, String sha256, Set<String> plans) {}

  BundleFolder(Path folder) {
    this.folder = folder;
  }

  Path folder() {
    return folder;
  }

  /** The file with a digest. */
  synchronized Optional<Path> withDigest(String sha256) throws IOException {
    look();
    return known.entrySet().stream()
        .filter(entry -> entry.getValue().sha256().equals(sha256))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** Files that declare the generation of a plan, in order of names. */
  synchronized List<Path> ofPlan(String plan) throws IOException {
    look();
    return known.entrySet().stream()
        .filter(entry -> entry.getValue().plans().contains(plan))
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  /** How often something changed here so far. */
  synchronized long changes() throws IOException {
    look();
    return changes;
  }

  /** Digest of a file that was found here. */
  synchronized String digest(Path file) {
    Known found = known.get(file);
    return found == null ? "" : found.sha256();
  }

  private void look() throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, Files::isRegularFile)) {
      stream.forEach(files::add);
    }
    changes += known.keySet().retainAll(files) ? 1 : 0;
    for (Path file : files) {
      long bytes = Files.size(file);
      FileTime modified = Files.getLastModifiedTime(file);
      Known before = known.get(file);
      if (before == null || before.bytes() != bytes || !before.modified().equals(modified)) {
        known.put(file, new Known(bytes, modified, sha256(file), plans(file)));
        changes++;
      }
    }
  }

  private static String sha256(Path file) throws IOException {
    MessageDigest digest = Merkle.digest();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(java.io.OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Plans that a bundle, or the bundles of an archive, declare; none where it is neither. */
  private static Set<String> plans(Path file) {
    Set<String> plans = new TreeSet<>();
    try (JarInputStream jar = new JarInputStream(Files.newInputStream(file), false)) {
      addPlans(jar.getManifest(), plans);
    } catch (IOException e) {
      return Collections.emptySet(); // no archive
    }
    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(file))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (entry.getName().endsWith(".jar")) {
          byte[] inner = zip.readAllBytes();
          try (JarInputStream jar = new JarInputStream(new ByteArrayInputStream(inner), false)) {
            addPlans(jar.getManifest(), plans);
          }
        }
      }
      return plans;
    } catch (IOException e) {
      return Collections.emptySet(); // damaged
    }
  }

  private static void addPlans(@Nullable Manifest manifest, Set<String> plans) {
    String capabilities =
        manifest == null ? null : manifest.getMainAttributes().getValue("Provide-Capability");
    if (capabilities != null) {
      Matcher matcher = PLAN.matcher(capabilities);
      while (matcher.find()) {
        plans.add(matcher.group(1));
      }
    }
  }
}
