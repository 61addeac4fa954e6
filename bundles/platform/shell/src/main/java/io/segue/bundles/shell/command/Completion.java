package io.segue.bundles.shell.command;

import io.segue.bundles.shell.client.TypedLine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Finds how a line may go on: commands, options, and the arguments that a command's {@link Usage}
 * knows candidates for. Called on the threads of sessions.
 */
@Component(service = Completion.class)
public final class Completion {
  private final NodeAccess access;
  private final CommandList commands;

  @Activate
  public Completion(@Reference NodeAccess access, @Reference CommandList commands) {
    this.access = access;
    this.commands = commands;
  }

  /**
   * Candidates for the word at the cursor; all begin with what is typed of it.
   *
   * @param gogo names of all commands of the session, as {@code felix:lb}
   * @param directory where relative paths start
   */
  public List<Suggestion> complete(TypedLine line, Collection<String> gogo, Path directory) {
    String start = line.start();
    List<Suggestion> found =
        line.words().isEmpty() ? commands(start, gogo) : arguments(line, directory);
    return found.stream().filter(suggestion -> suggestion.value().startsWith(start)).toList();
  }

  /** Ours, and once something is typed those of others too. */
  private List<Suggestion> commands(String start, Collection<String> gogo) {
    List<Suggestion> found = new ArrayList<>(commands.names());
    if (!start.isEmpty()) {
      TreeSet<String> others = new TreeSet<>(gogo);
      found.forEach(ours -> others.remove(ours.value()));
      others.forEach(name -> found.add(new Suggestion(name, "")));
      if (start.indexOf(':') < 0) {
        new TreeSet<>(gogo)
            .forEach(
                name -> found.add(new Suggestion(name.substring(name.indexOf(':') + 1), name)));
      }
    }
    return found;
  }

  private List<Suggestion> arguments(TypedLine line, Path directory) {
    Optional<Usage> usage = commands.find(line.words().get(0));
    if (usage.isEmpty()) {
      return List.of();
    }
    List<String> words = line.words().subList(1, line.words().size());
    try {
      return arguments(usage.get(), words, line.start(), directory);
    } catch (CommandException e) {
      return List.of();
    }
  }

  private List<Suggestion> arguments(Usage usage, List<String> words, String start, Path directory)
      throws CommandException {
    int operands = 0;
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (!Usage.isOption(word)) {
        operands++;
      } else if (!Usage.isHelp(word) && word.indexOf('=') < 0) {
        if (i == words.size() - 1) {
          Optional<Usage.Option> option = usage.option(word);
          return option.isEmpty()
              ? List.of()
              : option.get().suggestions().find(access, directory, start);
        }
        i++;
      }
    }
    if (start.startsWith("-")) {
      return options(usage, words);
    }
    return operands < usage.operands().size()
        ? usage.operands().get(operands).suggestions().find(access, directory, start)
        : List.of();
  }

  /** Options that are not on the line yet. */
  private static List<Suggestion> options(Usage usage, List<String> words) {
    List<Suggestion> found = new ArrayList<>();
    for (Usage.Option option : usage.allOptions()) {
      if (words.stream().noneMatch(word -> word.split("=", 2)[0].equals(option.name()))) {
        found.add(new Suggestion(option.name(), option.meaning()));
      }
    }
    found.add(new Suggestion(Usage.HELP, "how it is called"));
    return found;
  }
}
