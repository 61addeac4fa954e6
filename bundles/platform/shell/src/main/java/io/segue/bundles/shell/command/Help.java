package io.segue.bundles.shell.command;

import io.segue.bundles.shell.output.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * {@code help}: our commands; Felix's have {@code felix:help}. It puts itself on the list that it
 * needs, where the others are put by the framework.
 */
@Component(
    service = Function.class,
    immediate = true,
    property = {"osgi.command.scope=segue", "osgi.command.function=help"})
public final class Help extends ShellCommand {
  private final CommandList commands;

  @Activate
  public Help(@Reference CommandList commands) {
    super(
        Usage.of("help", "Lists the commands of this shell, or explains one.")
            .operand("[command]", (access, directory, typed) -> commands.names()));
    this.commands = commands;
    commands.add(this);
  }

  /** Takes itself off the list. */
  @Deactivate
  public void close() {
    commands.remove(this);
  }

  @Override
  public Answer run(CommandSession session, Arguments arguments) throws CommandException {
    Optional<String> asked = arguments.optionalOperand(0);
    if (asked.isPresent()) {
      Usage usage =
          commands
              .find(asked.get())
              .orElseThrow(
                  () ->
                      new CommandException(
                          "%s is no command of ours; help lists them, felix:help %s explains one of Felix's"
                              .formatted(asked.get(), asked.get())));
      return new Answer(json(usage), usage.text());
    }
    List<Object> json = new ArrayList<>();
    Map<String, String> text = new LinkedHashMap<>();
    for (Usage usage : commands.all()) {
      json.add(json(usage));
      text.put(usage.call(), usage.summary());
    }
    return new Answer(
        Map.of("commands", json),
        Text.pairs("", text)
            + "\nEach has --help and --output json; | grep <text> picks lines."
            + " felix:help lists the commands of Felix.\n");
  }

  private static Map<String, Object> json(Usage usage) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", usage.name());
    json.put("synopsis", usage.synopsis());
    json.put("summary", usage.summary());
    return json;
  }
}
