package io.segue.kernel.baseline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A module and what was released of it: {@code baseline.txt} beside its sources. A release records
 * it again, by {@code mvn -pl <module> -am test -Dtest=ApiBaselineTest -Dapi.record=true}.
 */
public final class RecordedApi {
  private static final Path CLASSES = Path.of("target", "classes");
  private static final Path SOURCES = Path.of("src", "main", "java");
  private static final Pattern VERSION = Pattern.compile("<version>([0-9.]+)</version>");

  private final Path module;

  /** Of a module in its folder, compiled, with its classes on the class path. */
  public RecordedApi(Path module) {
    this.module = module;
  }

  /** What callers and implementers can see now, a line each; {@link ApiListing} has the form. */
  public SortedSet<String> now() throws IOException, ClassNotFoundException {
    return new ApiListing(module.resolve(CLASSES), module.resolve(SOURCES), version()).lines();
  }

  /**
   * What is against the rules of {@link ApiRules}, a sentence each; none where the module only
   * grew. With the system property {@code api.record} what is there now is recorded first.
   */
  public List<String> violations() throws IOException, ClassNotFoundException {
    Path file = module.resolve("baseline.txt");
    SortedSet<String> now = now();
    if (Boolean.getBoolean("api.record")) {
      Files.writeString(file, String.join("\n", now) + "\n");
    }
    return new ApiRules(Files.readAllLines(file), now).violations();
  }

  /** The module's own version, else that of its parent, which stands before it. */
  private String version() throws IOException {
    String pom = Files.readString(module.resolve("pom.xml"));
    Matcher versions = VERSION.matcher(pom.substring(0, pom.indexOf("<name>")));
    String version = "";
    while (versions.find()) {
      version = versions.group(1);
    }
    return version;
  }
}
