package io.segue.bundles.shell.command;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Our commands, as they come and go; any thread. */
@Component(service = CommandList.class)
public final class CommandList {
  private final List<ShellCommand> commands = new CopyOnWriteArrayList<>();

  @Reference(
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      unbind = "remove")
  void add(ShellCommand command) {
    commands.add(command);
  }

  void remove(ShellCommand command) {
    commands.remove(command);
  }

  /** How each is called, in order of their names. */
  List<Usage> all() {
    return commands.stream()
        .map(ShellCommand::usage)
        .sorted(Comparator.comparing(Usage::name))
        .toList();
  }

  /** All names, with what each is for. */
  List<Suggestion> names() {
    return all().stream().map(usage -> new Suggestion(usage.name(), usage.summary())).toList();
  }

  /** How a command is called, by its name with or without the scope. */
  Optional<Usage> find(String name) {
    return all().stream()
        .filter(usage -> usage.name().equals(name) || usage.name().endsWith(":" + name))
        .findFirst();
  }
}
