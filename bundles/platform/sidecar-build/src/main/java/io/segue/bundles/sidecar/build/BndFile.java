package io.segue.bundles.sidecar.build;

import io.segue.bundles.bnd.ConditionalClasses;
import io.segue.kernel.api.upgrade.SidecarException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What the {@code bnd.bnd} of a folder says about its bundle. bnd's language can read files, ask
 * the network and run programs; of a stranger's file only the headers named here are taken, and no
 * macro.
 */
final class BndFile {
  private static final Set<String> TAKEN =
      Set.of(
          "Bundle-SymbolicName",
          "Bundle-Version",
          "Bundle-Name",
          "Bundle-Description",
          "Provide-Capability",
          ConditionalClasses.INSTRUCTION,
          SdkVersion.INSTRUCTION);
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");
  private static final Pattern VERSION = Pattern.compile("\\d+\\.\\d+\\.\\d+(\\.[A-Za-z0-9_-]+)?");

  /** How a macro begins, in any of bnd's brackets. */
  private static final Pattern MACRO = Pattern.compile("\\$[{(\\[<«‹]");

  private final SortedMap<String, String> headers;
  private final SdkVersion sdk;

  private BndFile(SortedMap<String, String> headers, SdkVersion sdk) {
    this.headers = headers;
    this.sdk = sdk;
  }

  /**
   * Reads a file.
   *
   * @param path as messages name it
   * @throws SidecarException with the header that is refused or missing
   */
  static BndFile read(String path, byte[] bytes) throws SidecarException {
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(new String(bytes, StandardCharsets.UTF_8)));
    } catch (IOException | IllegalArgumentException e) {
      throw refused(path, "it does not parse: " + e.getMessage());
    }
    SortedMap<String, String> headers = new TreeMap<>();
    for (String name : properties.stringPropertyNames()) {
      String value = properties.getProperty(name);
      if (!TAKEN.contains(name)) {
        throw refused(path, name + " is not among what may stand there: " + new TreeSet<>(TAKEN));
      }
      if (MACRO.matcher(value).find()) {
        throw refused(path, name + " has a macro; write what it stands for");
      }
      headers.put(name, value);
    }
    require(path, headers, "Bundle-SymbolicName", NAME);
    require(path, headers, "Bundle-Version", VERSION);
    String sdk = headers.remove(SdkVersion.INSTRUCTION);
    return new BndFile(headers, SdkVersion.parse(path, sdk == null ? "" : sdk));
  }

  String symbolicName() {
    return headers.getOrDefault("Bundle-SymbolicName", "");
  }

  String version() {
    return headers.getOrDefault("Bundle-Version", "");
  }

  /** The sdk that it is to be built with. */
  SdkVersion sdk() {
    return sdk;
  }

  /** The headers, and the rules that every bundle follows. */
  Properties instructions() {
    Properties all = new Properties();
    all.putAll(headers);
    all.put("Import-Package", "!org.jspecify.annotations,*");
    all.put("-noimportjava", "true");
    all.put("-noextraheaders", "true");
    all.put("-removeheaders", "Private-Package,Tool,Created-By,Bnd-LastModified");
    all.put("-reproducible", "true");
    // Annotations of a stranger's classes would write headers, with macros in them.
    all.put("-bundleannotations", "!*");
    all.put("-dsannotations", "!*");
    all.put("-metatypeannotations", "!*");
    all.put("-fixupmessages", "\"Classes found in the wrong directory\";is:=error");
    return all;
  }

  private static void require(
      String path, Map<String, String> headers, String name, Pattern pattern)
      throws SidecarException {
    String value = headers.getOrDefault(name, "");
    if (!pattern.matcher(value).matches()) {
      throw refused(path, name + " (\"" + value + "\") is missing or malformed");
    }
  }

  private static SidecarException refused(String path, String why) {
    return BuildRules.refused(
        path, why, "fix the repository and have governance schedule the new commit");
  }
}
