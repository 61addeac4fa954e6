package io.segue.bundles.shell.command;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * What may stand for an argument, for completion. Asked on the session's thread while the user
 * waits; what can't be found out quickly is left out.
 */
@FunctionalInterface
public interface Suggestions {
  /** For what nobody can guess. */
  Suggestions NONE = (access, directory, typed) -> List.of();

  /**
   * Candidates; the caller drops those that do not begin with what is typed.
   *
   * @param directory where relative paths start
   * @param typed the argument as far as it is typed
   * @throws CommandException where the node does not run; there are none then
   */
  List<Suggestion> find(NodeAccess access, Path directory, String typed) throws CommandException;

  /** Fixed words. */
  static Suggestions words(String... words) {
    List<Suggestion> all = Arrays.stream(words).map(word -> new Suggestion(word, "")).toList();
    return (access, directory, typed) -> all;
  }
}
