package io.segue.bundles.cli.check;

import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.cli.console.Output;
import io.segue.bundles.shell.output.CheckReportText;
import io.segue.bundles.shell.output.JsonOutput;
import io.segue.kernel.admission.Admission;
import io.segue.kernel.admission.Baseline;
import io.segue.kernel.admission.artifact.ArtifactLimits;
import io.segue.kernel.admission.artifact.ArtifactSource;
import io.segue.kernel.api.node.CheckReport;
import io.segue.kernel.api.node.FailureText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code segue check}: what a node would find in an artifact, without one. */
@Command(
    name = "check",
    description = {
      "Shows what a node finds in an upgrade's artifact, a bundle or an archive of bundles, without"
          + " a node: its archive, the manifests of its bundles, and the bytes of their classes, which"
          + " use what docs/allowed.md names and nothing else.",
      "REFUSE: a node would refuse it. Exit status: 0 admitted, 1 refused, 2 called wrongly."
    },
    mixinStandardHelpOptions = true)
public final class CheckCommand implements Callable<Integer> {
  private static final List<String> NEEDS_A_NODE =
      List.of(
          "whether it fits to the generation that runs: modules that carry over, orders, signatures"
              + " and the next plan",
          "whether its bundles resolve, and its factories and handler can be made",
          "whether a plan is bound to other bytes, or was done already");

  private static final String PLATFORM =
      "whether a bundle has the name of one of the platform: the distribution's folder is not"
          + " known";

  @Spec private CommandSpec spec;
  @Mixin private Output output = new Output();

  @Parameters(paramLabel = "FILE", description = "A bundle (.jar) or an archive of bundles (.zip).")
  private Path file = Path.of("");

  @Override
  public Integer call() {
    if (!Files.isRegularFile(file)) {
      throw new ParameterException(spec.commandLine(), file + " is no file");
    }
    Set<String> platform = PlatformNames.read();
    CheckReport report =
        Admission.check(ArtifactSource.archive(bytes()), Baseline.withoutNode(platform)).report();
    List<String> unchecked = new ArrayList<>(NEEDS_A_NODE);
    if (platform.isEmpty()) {
      unchecked.add(PLATFORM);
    }
    PrintWriter out = spec.commandLine().getOut();
    if (output.json()) {
      Map<String, Object> json = CheckReportText.json(report);
      json.put("notChecked", unchecked);
      out.print(JsonOutput.text(json));
    } else {
      out.print(CheckReportText.text(report));
      out.println();
      out.println("What only a node can check (segue shell -c 'upgrade:check <file>'):");
      unchecked.forEach(what -> out.println("  " + what));
    }
    out.flush();
    return report.admitted() ? 0 : 1;
  }

  private byte[] bytes() {
    long limit = ArtifactLimits.DEFAULT.artifactBytes();
    try {
      if (Files.size(file) > limit) {
        throw new CliException(
            file + " is refused: it is larger than the limit of " + limit + " bytes");
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new CliException(file + " can't be read: " + FailureText.of(e), e);
    }
  }
}
