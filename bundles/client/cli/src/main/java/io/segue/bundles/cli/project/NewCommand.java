package io.segue.bundles.cli.project;

import io.segue.bundles.cli.console.Help;
import io.segue.bundles.cli.console.Output;
import io.segue.bundles.cli.home.Distribution;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code segue new}. */
@Command(
    name = "new",
    description =
        "Makes a Maven project for a module or an upgrade, which builds and has its test.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
public final class NewCommand implements Runnable {
  private static final String DEFAULT_PACKAGE = "com.example";

  @Spec CommandSpec spec;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "Missing command");
  }

  @Command(name = "module", description = "Makes a project of a module, in a folder of its name.")
  int module(
      @Parameters(paramLabel = "NAME", description = "Lower case letters and digits.") String name,
      @Option(
              names = "--package",
              paramLabel = "PACKAGE",
              description =
                  "Java package and symbolic name of the module. Default: com.example.<name>.")
          String packageName,
      @Mixin Output output,
      @Mixin Help help) {
    ProjectNames module = ProjectNames.ofModule(name, orDefault(packageName, name));
    Path folder = Path.of(name).toAbsolutePath();
    template().write("module", folder, module.tokens());
    return done(output, folder, "target/" + module.packageName() + "-1.0.0.jar");
  }

  @Command(
      name = "upgrade",
      description =
          "Makes a project of an upgrade and a module that it brings, in a folder of its name.")
  int upgrade(
      @Parameters(paramLabel = "PLAN", description = "Name of the plan, as governance passes it.")
          String plan,
      @Option(
              names = "--module",
              paramLabel = "NAME",
              defaultValue = "guestbook",
              description = "Name of the new module. Default: ${DEFAULT-VALUE}.")
          String moduleName,
      @Option(
              names = "--package",
              paramLabel = "PACKAGE",
              description = "Java package of both. Default: com.example.<plan>.")
          String packageName,
      @Mixin Output output,
      @Mixin Help help) {
    String base = orDefault(packageName, ProjectNames.identifier(plan));
    ProjectNames module = ProjectNames.ofModule(moduleName, base + "." + moduleName);
    Path folder = Path.of(plan).toAbsolutePath();
    Template template = template();
    template.write("upgrade", folder, ProjectNames.ofUpgrade(plan, base, module));
    template.write("module", folder.resolve(moduleName), module.tokens());
    return done(output, folder, "target/" + plan + ".zip");
  }

  private static Template template() {
    return new Template(Distribution.folder());
  }

  private static String orDefault(String packageName, String name) {
    return packageName == null ? DEFAULT_PACKAGE + "." + name : packageName;
  }

  private int done(Output output, Path folder, String artifact) {
    output.print(
        spec.commandLine().getOut(),
        Output.object()
            .put("project", folder.toString())
            .put("next", "cd " + folder.getFileName() + " && mvn package")
            .put("gives", artifact));
    return CommandLine.ExitCode.OK;
  }
}
