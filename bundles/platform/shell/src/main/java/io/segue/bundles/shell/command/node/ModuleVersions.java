package io.segue.bundles.shell.command.node;

import com.google.protobuf.InvalidProtocolBufferException;
import io.segue.bundles.shell.command.Answer;
import io.segue.bundles.shell.command.Arguments;
import io.segue.bundles.shell.command.CommandException;
import io.segue.bundles.shell.command.Fields;
import io.segue.bundles.shell.command.ModuleQuery;
import io.segue.bundles.shell.command.NodeAccess;
import io.segue.bundles.shell.command.NodeSuggestions;
import io.segue.bundles.shell.command.ShellCommand;
import io.segue.bundles.shell.command.Usage;
import io.segue.bundles.shell.output.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.felix.service.command.CommandSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code module:versions}. */
@Component(
    service = ShellCommand.class,
    property = {"osgi.command.scope=module", "osgi.command.function=versions"})
public final class ModuleVersions extends ShellCommand {
  private static final String PATH = "/cosmos.upgrade.v1beta1.Query/ModuleVersions";
  private static final String NEXT = "store:list --height <height> shows which heights can be read";
  private static final byte[] ALL = {};

  private final ModuleQuery query;

  @Activate
  public ModuleVersions(@Reference NodeAccess access) {
    super(
        Usage.of(
                "module:versions",
                "Lists the modules of the state machine with their consensus versions.")
            .option(HEIGHT, "<height>", HEIGHT_MEANING, NodeSuggestions::heights));
    this.query = new ModuleQuery(access, PATH, NEXT);
  }

  @Override
  public Answer run(CommandSession session, Arguments arguments) throws CommandException {
    Fields answer = query.ask(ALL, arguments.number(HEIGHT).orElse(0));
    List<Object> json = new ArrayList<>();
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("MODULE", "VERSION"));
    try {
      for (Fields module : answer.messages(1)) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("name", module.text(1));
        one.put("version", module.number(2));
        json.add(one);
        rows.add(List.of(module.text(1), "" + module.number(2)));
      }
    } catch (InvalidProtocolBufferException e) {
      throw query.unknownForm(e);
    }
    return new Answer(Map.of("modules", json), Text.table("", rows));
  }
}
