package io.segue.bundles.cli.project;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.segue.bundles.cli.console.HelpOption;
import io.segue.bundles.cli.console.Output;
import io.segue.bundles.nodes.Distribution;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
        "Makes a Maven project for a module or an upgrade, which builds and has its test, and adds"
            + " messages and queries to it.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
public final class NewCommand implements Runnable {
  private static final String DEFAULT_PACKAGE = "com.example";
  private static final String DEFAULT_MODULE = "guestbook";

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
      @Mixin HelpOption help) {
    ProjectNames module = ProjectNames.ofModule(name, orDefault(packageName, name));
    Path folder = Path.of(name).toAbsolutePath();
    template().write("module", folder, module.tokens());
    return done(output, folder, "target/" + module.packageName() + "-1.0.0.jar");
  }

  @Command(
      name = "upgrade",
      description = {
        "Makes a project of an upgrade, in a folder of the plan's name: with a new module, or with"
            + " the next version of one that exists.",
        "The next version has the module's sources, its versions raised, a migration that has"
            + " nothing to do yet, and a test by which the bytes of the version before write the"
            + " state."
      })
  int upgrade(
      @Parameters(paramLabel = "PLAN", description = "Name of the plan, as governance passes it.")
          String plan,
      @Option(
              names = "--module",
              paramLabel = "MODULE",
              description = {
                "auth, bank, gov, staking, upgrade: the next version of that module of generation"
                    + " genesis.",
                "A folder, as ./guestbook or spring/guestbook: the next version of the module whose"
                    + " project is in it; it has to be built.",
                "Any other name: a new module. Default: the new module guestbook."
              })
          String moduleName,
      @Option(
              names = "--package",
              paramLabel = "PACKAGE",
              description =
                  "Java package of the handler, and of a new module below it. Default:"
                      + " com.example.<plan>.")
          String packageName,
      @Mixin Output output,
      @Mixin HelpOption help) {
    ProjectNames upgrade =
        ProjectNames.ofPlan(plan, orDefault(packageName, ProjectNames.identifier(plan)));
    Path folder = Path.of(plan).toAbsolutePath();
    VersionUpgrade next = new VersionUpgrade(Distribution.folder());
    if (moduleName != null && ProjectNames.isShipped(moduleName)) {
      return done(output, folder, next.writeShipped(folder, upgrade, moduleName));
    }
    if (moduleName != null && (isPath(moduleName) || Files.exists(Path.of(moduleName)))) {
      ModuleProject module = ModuleProject.in(Path.of(moduleName).toAbsolutePath().normalize());
      return done(output, folder, next.writeOwn(folder, upgrade, module));
    }
    String name = moduleName == null ? DEFAULT_MODULE : moduleName;
    ProjectNames module = ProjectNames.ofModule(name, upgrade.packageName() + "." + name);
    Template template = template();
    template.write("upgrade", folder, upgrade.upgradeTokens(module));
    template.write("module", folder.resolve(name), module.tokens());
    return done(output, folder, archive(folder));
  }

  @Command(
      name = "message",
      description = {
        "Adds a message to the module in whose project you are: to its .proto file, to its services"
            + " with a handler, and a test.",
        "Refused where a file does not look as segue new made it; nothing is written then."
      })
  int message(
      @Parameters(
              paramLabel = "NAME",
              description = "As Renew, which gives rpc Renew(MsgRenew) and the handler renew.")
          String name,
      @Option(
              names = "--signer",
              paramLabel = "FIELD",
              defaultValue = "sender",
              description = "Field with the address that signs. Default: ${DEFAULT-VALUE}.")
          String signer,
      @Mixin Output output,
      @Mixin HelpOption help) {
    return added(output, serviceMethod().addMessage(name, signer));
  }

  @Command(
      name = "query",
      description = {
        "Adds a query to the module in whose project you are: to its .proto file with a route of"
            + " REST, to its services with a handler, and a test.",
        "Refused where a file does not look as segue new made it; nothing is written then."
      })
  int query(
      @Parameters(
              paramLabel = "NAME",
              description = "As Count, which gives rpc Count(QueryCountRequest).")
          String name,
      @Mixin Output output,
      @Mixin HelpOption help) {
    return added(output, serviceMethod().addQuery(name));
  }

  private static ServiceMethod serviceMethod() {
    return new ServiceMethod(template(), ModuleProject.around(Path.of("")));
  }

  private static boolean isPath(String name) {
    return name.contains("/") || name.startsWith(".");
  }

  private static String archive(Path folder) {
    return "target/" + folder.getFileName() + ".zip";
  }

  private static Template template() {
    return new Template(Distribution.folder());
  }

  private static String orDefault(String packageName, String name) {
    return packageName == null ? DEFAULT_PACKAGE + "." + name : packageName;
  }

  private int done(Output output, Path folder, String artifact) {
    return print(output, project(folder, artifact));
  }

  private int done(Output output, Path folder, VersionUpgrade.Made made) {
    return print(
        output,
        project(folder, archive(folder))
            .put("module", made.module())
            .put("from", made.from())
            .put("to", made.to())
            .put("consensusVersion", made.consensusVersion()));
  }

  private static ObjectNode project(Path folder, String artifact) {
    return Output.object()
        .put("project", folder.toString())
        .put("next", "cd " + folder.getFileName() + " && mvn package")
        .put("gives", artifact);
  }

  private int added(Output output, List<Path> files) {
    ObjectNode result = Output.object();
    ArrayNode written = result.putArray("written");
    files.forEach(file -> written.add(file.toString()));
    return print(output, result.put("next", "mvn package"));
  }

  private int print(Output output, ObjectNode result) {
    output.print(spec.commandLine().getOut(), result);
    return CommandLine.ExitCode.OK;
  }
}
