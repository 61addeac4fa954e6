package io.segue.bundles.shell.command.node;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import io.segue.bundles.shell.command.Answer;
import io.segue.bundles.shell.command.Arguments;
import io.segue.bundles.shell.command.CommandException;
import io.segue.bundles.shell.command.NodeAccess;
import io.segue.bundles.shell.command.ShellCommand;
import io.segue.bundles.shell.command.Suggestion;
import io.segue.bundles.shell.command.Suggestions;
import io.segue.bundles.shell.command.Usage;
import io.segue.bundles.shell.output.Text;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.felix.service.command.CommandSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.LoggerFactory;

/**
 * {@code log:level}. What it sets counts until the node ends or reads its {@code logback.xml}
 * again.
 */
@Component(
    service = ShellCommand.class,
    property = {"osgi.command.scope=log", "osgi.command.function=level"})
public final class LogLevel extends ShellCommand {
  /** Takes a logger's own level away, so that the one above it counts. */
  private static final String INHERIT = "inherit";

  private static final List<String> LEVELS =
      List.of("trace", "debug", "info", "warn", "error", "off", INHERIT);

  @Activate
  public LogLevel() {
    super(
        Usage.of("log:level", "Shows or sets how much a logger logs, until the node ends.")
            .details(
                """
                Without arguments it lists the loggers that have a level of their own. A logger is named
                by a class or a package, as io.segue.kernel.core.block; root is above all of them. The
                level %s removes its own level. To keep a level, set it in etc/logback.xml.
                """
                    .formatted(INHERIT))
            .operand("[logger]", LogLevel::loggers)
            .operand("[level]", Suggestions.words(LEVELS.toArray(String[]::new))));
  }

  @Override
  public Answer run(CommandSession session, Arguments arguments) throws CommandException {
    Optional<String> name = arguments.optionalOperand(0);
    Optional<String> level = arguments.optionalOperand(1);
    if (level.isPresent()) {
      set(context().getLogger(name.orElseThrow()), level.get());
    }
    List<Logger> shown =
        name.map(one -> List.of(context().getLogger(one))).orElseGet(LogLevel::withOwnLevel);
    List<Object> json = new ArrayList<>();
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("LOGGER", "LEVEL"));
    for (Logger logger : shown) {
      String effective = text(logger.getEffectiveLevel());
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("logger", logger.getName());
      one.put("level", effective);
      one.put("inherited", logger.getLevel() == null);
      json.add(one);
      rows.add(
          List.of(logger.getName(), effective + (logger.getLevel() == null ? " (inherited)" : "")));
    }
    return new Answer(Map.of("loggers", json), Text.table("", rows));
  }

  private static void set(Logger logger, String level) throws CommandException {
    String wanted = level.toLowerCase(Locale.ROOT);
    if (!LEVELS.contains(wanted)) {
      throw new CommandException(
          "there is no level " + level + "; name one of " + String.join(", ", LEVELS));
    }
    if (!wanted.equals(INHERIT)) {
      logger.setLevel(Level.toLevel(wanted));
    } else if (logger.getName().equals(Logger.ROOT_LOGGER_NAME)) {
      throw new CommandException("root inherits from no other logger; name a level");
    } else {
      logger.setLevel(null);
    }
  }

  private static List<Suggestion> loggers(NodeAccess access, Path directory, String typed) {
    return context().getLoggerList().stream()
        .filter(logger -> !logger.getName().contains("$"))
        .map(logger -> new Suggestion(logger.getName(), text(logger.getEffectiveLevel())))
        .toList();
  }

  private static List<Logger> withOwnLevel() {
    Stream<Logger> all = context().getLoggerList().stream();
    return all.filter(logger -> logger.getLevel() != null).toList();
  }

  private static String text(Level level) {
    return level.toString().toLowerCase(Locale.ROOT);
  }

  private static LoggerContext context() {
    return (LoggerContext) LoggerFactory.getILoggerFactory();
  }
}
