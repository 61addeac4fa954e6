package io.segue.bundles.cli;

import io.segue.bundles.cli.keyring.KeyNames;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What the shell fish completes of a command line: commands, options, and names of keys. */
final class FishCompletion {
  /** The words of a line that are commands, as one text. */
  private static final String HEAD =
      """
      function __segue_at
          set -l words
          for word in (commandline -opc)[2..-1]
              string match -q -- '-*' $word; or set -a words $word
          end
          test "$words" = "$argv"
      end
      function __segue_in
          set -l words
          for word in (commandline -opc)[2..-1]
              string match -q -- '-*' $word; or set -a words $word
          end
          string match -q -- "$argv*" "$words"
      end
      function __segue_keys
          set -l home ~/.segue
          set -q SEGUE_HOME; and set home $SEGUE_HOME
          set -l words (commandline -opc)
          if set -l at (contains -i -- --home $words)
              set home (string replace -r '^~' $HOME -- $words[(math $at + 1)])
          end
          set -l keys (cat $home/config/client.toml 2>/dev/null | string replace -rf '^ *keyring-dir *= *"(.+)".*' '$1')
          set -q keys[1]; or set keys keys
          string match -q '/*' -- $keys; or set keys $home/$keys
          command ls $keys 2>/dev/null | string match -r '.*(?=\\.json$)'
      end
      complete -c segue -f
      """;

  private static final String KEYS = " -a '(__segue_keys)'";

  private final StringBuilder script = new StringBuilder(HEAD);

  private FishCompletion() {}

  /** The script for a command with all below it. */
  static String script(CommandLine root) {
    FishCompletion completion = new FishCompletion();
    completion.add("", root);
    return completion.script.toString();
  }

  private void add(String path, CommandLine command) {
    Set<CommandLine> seen = new LinkedHashSet<>();
    Map<String, CommandLine> below = new LinkedHashMap<>(command.getSubcommands());
    below.forEach(
        (name, sub) -> {
          if (seen.add(sub) && !sub.getCommandSpec().usageMessage().hidden()) {
            line("__segue_at " + path, "-a " + quoted(name), sub.getCommandSpec());
            add((path + " " + name).strip(), sub);
          }
        });
    if (below.isEmpty()) {
      command.getCommandSpec().options().forEach(option -> option(path, option));
      if (command.getCommandSpec().positionalParameters().stream()
          .anyMatch(FishCompletion::isKey)) {
        script.append("complete -c segue -n ").append(quoted("__segue_in " + path));
        script.append(KEYS).append('\n');
      }
    }
  }

  private void line(String condition, String what, CommandLine.Model.CommandSpec described) {
    script
        .append("complete -c segue -n ")
        .append(quoted(condition.strip()))
        .append(' ')
        .append(what)
        .append(description(described.usageMessage().description()))
        .append('\n');
  }

  private void option(String path, OptionSpec option) {
    script.append("complete -c segue -n ").append(quoted("__segue_in " + path));
    for (String name : option.names()) {
      script
          .append(name.startsWith("--") ? " -l " : " -s ")
          .append(quoted(name.substring(name.startsWith("--") ? 2 : 1)));
    }
    script
        .append(isKey(option) ? " -x" + KEYS : option.arity().max() > 0 ? " -r" : "")
        .append(description(option.description()))
        .append('\n');
  }

  private static boolean isKey(ArgSpec argument) {
    return argument.completionCandidates() instanceof KeyNames;
  }

  private static String description(String[] lines) {
    return lines.length == 0 ? "" : " -d " + quoted(lines[0].replace("%%", "%"));
  }

  private static String quoted(String text) {
    return "'" + String.join("\\'", List.of(text.replace("\\", "\\\\").split("'", -1))) + "'";
  }
}
