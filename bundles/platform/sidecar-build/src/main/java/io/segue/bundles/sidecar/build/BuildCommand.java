package io.segue.bundles.sidecar.build;

import io.segue.kernel.api.upgrade.Sidecar;
import io.segue.kernel.api.upgrade.SidecarException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;

/**
 * The shell command {@code sidecar:build}: builds a commit as the sidecar does and tells the
 * digest, which a builder needs for the plan. Nothing is deployed or kept but the log.
 */
@Component(
    service = BuildCommand.class,
    property = {
      "osgi.command.scope=sidecar",
      "osgi.command.function=build",
      "segue.command.summary=" + BuildCommand.SUMMARY,
      "segue.command.operands=<repository>",
      "segue.command.operands=<commit>",
      "segue.command.operands=[path]"
    },
    configurationPid = "io.segue.sidecar.build",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class BuildCommand {
  static final String SUMMARY =
      "Builds a commit as the sidecar build does, and prints the digest for the plan's info.";
  private static final String HOME = "segue.home";
  private static final String USAGE =
      """
      Usage: sidecar:build [-h] [-o=text|json] <repository> <commit> [path]
      """
          + SUMMARY
          + """

          <repository> is a URL of those that etc/io.segue.sidecar.build.cfg allows, <commit> the full
          hash, 40 hex digits, and [path] a folder in the repository; without it all of it is built.
            -h, --help              prints this
            -o, --output=text|json  how the answer is printed; default: text
          """;

  private final CommitBuild build;
  private final Path work;

  @Activate
  public BuildCommand(BundleContext context, BuildSettings settings) {
    this(CommitBuild.of(context, settings), Path.of(context.getProperty(HOME)));
  }

  BuildCommand(CommitBuild build, Path home) {
    this.build = build;
    this.work = home.resolve("data").resolve("build");
  }

  /**
   * {@code sidecar:build <repository> <commit> [path] [--output text|json]}.
   *
   * @throws IllegalArgumentException where the line is not of this form
   * @throws SidecarException as the sidecar would
   */
  public String build(String... arguments)
      throws SidecarException, IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of(arguments));
    if (words.removeAll(List.of("-h", "--help"))) {
      return USAGE;
    }
    boolean json = false;
    int output = Math.max(words.indexOf("--output"), words.indexOf("-o"));
    if (output >= 0 && output + 1 < words.size()) {
      String form = words.get(output + 1);
      if (!form.equals("json") && !form.equals("text")) {
        throw new IllegalArgumentException(
            "sidecar:build knows --output text and --output json, not " + form);
      }
      json = form.equals("json");
      words.subList(output, output + 2).clear();
    }
    if (words.size() < 2 || words.size() > 3) {
      throw new IllegalArgumentException(
          "give a repository and a commit; see sidecar:build --help");
    }
    BuildRequest request =
        BuildRequest.of(words.get(0), words.get(1), words.size() > 2 ? words.get(2) : "");
    try (BuildLog said = build.log(work, "sidecar-build")) {
      CommitBuild.Built built = build.run(request, work, new Told(), said);
      return json ? json(request, built) : text(request, built, said);
    }
  }

  /**
   * Tells now and then how far the fetch is; Gogo leads this stream to the session's error side.
   */
  private static final class Told implements Sidecar.Progress {
    private static final long INTERVAL_NS = 1_000_000_000;
    private long toldNs = System.nanoTime();

    @Override
    public void at(long doneBytes, long totalBytes) {
      long now = System.nanoTime();
      if (now - toldNs >= INTERVAL_NS) {
        toldNs = now;
        System.err.printf("fetched %,d kB%n", doneBytes >> 10);
      }
    }
  }

  private static String text(BuildRequest request, CommitBuild.Built built, BuildLog said) {
    return "built   "
        + request.what()
        + "\nbytes   "
        + built.artifact().length
        + "\nsha256  "
        + built.sha256()
        + "\nwith    "
        + built.tools()
        + "\nlog     "
        + said.file()
        + "\ninfo    "
        + info(request, built);
  }

  private static String json(BuildRequest request, CommitBuild.Built built) {
    return "{\"sha256\":\""
        + built.sha256()
        + "\",\"bytes\":"
        + built.artifact().length
        + ",\"with\":\""
        + built.tools()
        + "\",\"info\":"
        + info(request, built)
        + "}";
  }

  /** The plan's info; none of its parts has a character that JSON would have to escape. */
  private static String info(BuildRequest request, CommitBuild.Built built) {
    return "{\"sidecar\":{\"name\":\"build\",\"commit\":\""
        + request.commit()
        + (request.path().isEmpty() ? "" : "\",\"path\":\"" + request.path())
        + "\"},\"binaries\":{\"any\":\""
        + request.repository()
        + (request.repository().contains("?") ? "&" : "?")
        + "checksum=sha256:"
        + built.sha256()
        + "\"}}";
  }
}
