package io.segue.bundles.settings;

import io.segue.kernel.api.node.NodeSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder {@code etc/} of a home: reads {@code <part>.cfg}, again whenever it changes, and gives
 * each part what can be used of it. What can't be used is logged once and told by {@link #faults}
 * for as long as it stands there.
 *
 * <p>Thread safety: one thread looks; {@link #faults} may be called by any.
 */
final class SettingsFolder implements NodeSettings {
  private static final Logger LOG = LoggerFactory.getLogger(SettingsFolder.class);
  private static final String SUFFIX = ".cfg";

  private final Path folder;
  private final Path templates;
  private final Parts parts;
  private final Map<String, PartSettings> settings = new TreeMap<>();
  private final Map<String, Map<String, String>> given = new HashMap<>();
  private final Map<String, Look> looks = new HashMap<>();
  private volatile List<Fault> faults = List.of();
  private boolean looked;

  /** Takes the settings of parts. */
  @FunctionalInterface
  interface Parts {
    /** Has settings count from now on. */
    void give(String part, Map<String, String> values) throws IOException;
  }

  /** A file at one look. */
  private record Look(FileTime modified, long sizeBytes, @Nullable Object key, boolean taken) {}

  /**
   * @param folder of the home
   * @param templates the distribution's folder, which describes every setting
   */
  SettingsFolder(Path folder, Path templates, Parts parts) {
    this.folder = folder;
    this.templates = templates;
    this.parts = parts;
  }

  @Override
  public List<Fault> faults() {
    return faults;
  }

  /**
   * Looks at the folder; what changed counts once it is the same in two looks, at first at once.
   */
  void look() {
    Set<String> names = new TreeSet<>(settings.keySet());
    List<Fault> now = new ArrayList<>();
    try {
      names.addAll(names(templates));
      names.addAll(names(folder));
    } catch (IOException e) {
      now.add(
          new Fault(
              "etc", "", "", "it can't be read: " + e.getMessage(), "what was in force before"));
    }
    names.forEach(this::look);
    looked = true;
    settings.values().forEach(part -> now.addAll(part.faults()));
    tell(List.copyOf(now));
  }

  private void look(String part) {
    Path file = folder.resolve(part + SUFFIX);
    Look now;
    try {
      BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
      now = new Look(found.lastModifiedTime(), found.size(), found.fileKey(), false);
    } catch (IOException e) {
      now = new Look(FileTime.fromMillis(0), -1, null, false);
    }
    Look taken = new Look(now.modified(), now.sizeBytes(), now.key(), true);
    Look before = looks.get(part);
    if (taken.equals(before)) {
      return;
    }
    boolean complete = !looked || now.equals(before);
    looks.put(part, complete ? taken : now);
    if (complete) {
      take(part, file);
    }
  }

  private void take(String part, Path file) {
    PartSettings own = settings.computeIfAbsent(part, this::open);
    if (!Files.exists(file)) {
      own.lost("it is missing, put it back; the distribution has one in " + templates);
      return;
    }
    try {
      own.offer(SettingsTemplate.parse(Files.readString(file)));
      Map<String, String> values = own.inForce().orElseThrow();
      if (!values.equals(given.get(part))) {
        parts.give(part, values);
        given.put(part, values);
      }
    } catch (IOException | IllegalArgumentException e) {
      own.lost("it can't be read or taken up: " + e.getMessage());
      looks.remove(part);
    }
  }

  private PartSettings open(String part) {
    Path template = templates.resolve(part + SUFFIX);
    try {
      return new PartSettings(
          "etc/" + part + SUFFIX,
          Files.exists(template) ? SettingsTemplate.read(template) : SettingsTemplate.NONE);
    } catch (IOException e) {
      throw new UncheckedIOException(template + " can't be read: " + e.getMessage(), e);
    }
  }

  /** Logs what is new, and what is in order again. */
  private void tell(List<Fault> now) {
    Set<Fault> before = new HashSet<>(faults);
    faults = now;
    for (Fault fault : now) {
      if (!before.remove(fault)) {
        LOG.error("{}. Next: save a file that can be used; it counts at once", fault.text());
      }
    }
    if (!before.isEmpty() && now.isEmpty()) {
      LOG.info("All settings can be used again");
    }
  }

  private static Set<String> names(Path folder) throws IOException {
    Set<String> names = new TreeSet<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "[!.]*" + SUFFIX)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        names.add(name.substring(0, name.length() - SUFFIX.length()));
      }
    }
    return names;
  }
}
