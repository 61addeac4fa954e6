package io.segue.bundles.sidecar.build;

import io.segue.kernel.api.upgrade.SidecarException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which sdk a bundle is built with, by the instruction {@code -sdk} of its {@code bnd.bnd}:
 *
 * <pre>-sdk: 1.0.0;sha256=&lt;64 hex digits&gt;</pre>
 *
 * <p>A distribution may have several, so that sources which name an older one give the same bytes
 * after the next release. The digest may be left out.
 *
 * @param version empty where the sources name none
 * @param sha256 empty where the sources name none
 */
record SdkVersion(String version, String sha256) {
  /** The instruction. */
  static final String INSTRUCTION = "-sdk";

  private static final Pattern FORM =
      Pattern.compile("(\\d+\\.\\d+\\.\\d+)(?:\\s*;\\s*sha256=([0-9a-f]{64}))?");

  /** How the jars are called; the group is the version. */
  private static final Pattern JAR = Pattern.compile("io\\.segue\\.bundles\\.sdk-(.+)\\.jar");

  private static final String NEXT =
      "fix the repository and have governance schedule the new commit";

  /**
   * Reads the value of the instruction.
   *
   * @param path of the file, as messages name it
   * @param value empty where there is none
   */
  static SdkVersion parse(String path, String value) throws SidecarException {
    if (value.isEmpty()) {
      return new SdkVersion("", "");
    }
    Matcher form = FORM.matcher(value.strip());
    if (!form.matches()) {
      throw BuildRules.refused(
          path,
          INSTRUCTION + " (\"" + value + "\") is no version with a SHA-256 or without one",
          NEXT);
    }
    return new SdkVersion(form.group(1), form.group(2) == null ? "" : form.group(2));
  }

  /**
   * The class path with this sdk and no other. Folders and jars of other names stay; without a
   * version the only sdk is taken.
   *
   * @param folder as messages name it
   */
  List<File> select(String folder, List<File> classPath) throws SidecarException, IOException {
    Map<String, File> there = new TreeMap<>();
    List<File> selected = new ArrayList<>();
    for (File entry : classPath) {
      Matcher jar = JAR.matcher(entry.getName());
      if (jar.matches()) {
        there.put(jar.group(1), entry);
      } else {
        selected.add(entry);
      }
    }
    if (version.isEmpty()) {
      if (there.size() > 1) {
        throw BuildRules.refused(
            "folder " + folder,
            "it names no sdk, and this release has " + String.join(", ", there.keySet()),
            "name one in its bnd.bnd (" + INSTRUCTION + ") and have the new commit scheduled");
      }
      selected.addAll(there.values());
      return selected;
    }
    File sdk = there.get(version);
    if (sdk == null) {
      throw BuildRules.refused(
          "folder " + folder,
          "it asks for sdk " + version + ", and this release has " + there.keySet(),
          "take a release of Segue that has it, or build it elsewhere: upgrade:deploy <file>");
    }
    String found = Sha256.of(Files.readAllBytes(sdk.toPath()));
    if (!sha256.isEmpty() && !sha256.equals(found)) {
      throw BuildRules.refused(
          "folder " + folder,
          "sdk " + version + " has the SHA-256 " + found + " here, not " + sha256,
          "take a release of Segue that has it, or build it elsewhere: upgrade:deploy <file>");
    }
    selected.add(sdk);
    return selected;
  }
}
