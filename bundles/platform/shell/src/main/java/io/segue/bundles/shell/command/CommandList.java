package io.segue.bundles.shell.command;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.osgi.service.component.AnyService;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * The commands that help and completion know, as they come and go: those of this bundle, and those
 * of others that say with a property of their service what they are for. Any thread.
 */
@Component(service = CommandList.class)
public final class CommandList {
  /** Property of a Gogo command of another bundle: what it does, in one sentence. */
  static final String SUMMARY = "segue.command.summary";

  /** Its arguments that are no options, in order, as {@code <name>} or {@code [name]}. */
  static final String OPERANDS = "segue.command.operands";

  private final List<ShellCommand> commands = new CopyOnWriteArrayList<>();
  private final List<Usage> others = new CopyOnWriteArrayList<>();

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

  @Reference(
      service = AnyService.class,
      target = "(" + SUMMARY + "=*)",
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      unbind = "removeOther")
  void addOther(Map<String, Object> properties) {
    others.add(usage(properties));
  }

  void removeOther(Map<String, Object> properties) {
    others.remove(usage(properties));
  }

  private static Usage usage(Map<String, Object> properties) {
    Usage usage =
        Usage.of(
            properties.get("osgi.command.scope") + ":" + properties.get("osgi.command.function"),
            String.valueOf(properties.get(SUMMARY)));
    if (properties.get(OPERANDS) instanceof String[] labels) {
      for (String label : labels) {
        usage = usage.operand(label, Suggestions.NONE);
      }
    }
    return usage;
  }

  /** How each is called, in order of their names. */
  List<Usage> all() {
    return Stream.concat(commands.stream().map(ShellCommand::usage), others.stream())
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
