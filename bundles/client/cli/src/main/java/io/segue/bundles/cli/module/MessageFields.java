package io.segue.bundles.cli.module;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.cli.console.Output;
import io.segue.bundles.cli.keyring.KeyNames;
import io.segue.bundles.cli.keyring.Keyring;
import io.segue.bundles.descriptors.CosmosJson;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;

/**
 * The fields of a message as options and arguments of a command. Each field is an option, {@code
 * --validator-address} for {@code validator_address}, or {@code --field-height} where the command
 * has an option {@code --height} already. In a message of at most {@value #MOST_ARGUMENTS} fields
 * those that one word can fill are arguments, too, in their order, but flags and what is one of
 * several.
 *
 * <p>Thread safety: for one thread.
 */
public final class MessageFields {
  /** Most fields of a message whose fields are arguments. */
  static final int MOST_ARGUMENTS = 4;

  private final CommandSpec spec;
  private final Descriptor type;
  private final CosmosJson json;
  private final Map<FieldDescriptor, OptionSpec> options = new LinkedHashMap<>();
  private final List<FieldDescriptor> arguments = new ArrayList<>();
  private final List<PositionalParamSpec> positions = new ArrayList<>();
  private final boolean required;

  /**
   * Adds the fields to a command, which has its other options already.
   *
   * @param filled fields that the command fills itself
   * @param required whether an argument may not be left out
   */
  public MessageFields(
      CommandSpec spec,
      Descriptor type,
      CosmosJson json,
      Set<FieldDescriptor> filled,
      boolean required) {
    this.spec = spec;
    this.type = type;
    this.json = json;
    this.required = required;
    List<FieldDescriptor> fields =
        type.getFields().stream().filter(field -> !filled.contains(field)).toList();
    for (FieldDescriptor field : fields) {
      if (fields.size() <= MOST_ARGUMENTS && isArgument(field, fields)) {
        arguments.add(field);
      }
    }
    fields.forEach(this::addOption);
    arguments.forEach(this::addPosition);
  }

  private static boolean isArgument(FieldDescriptor field, List<FieldDescriptor> fields) {
    boolean last = fields.indexOf(field) == fields.size() - 1;
    return FieldText.isOneWord(field)
        && field.getType() != FieldDescriptor.Type.BOOL
        && field.getRealContainingOneof() == null
        && !field.toProto().getProto3Optional()
        && (!field.isRepeated() || FieldText.isList(field) || last);
  }

  private void addOption(FieldDescriptor field) {
    boolean flag = field.getType() == FieldDescriptor.Type.BOOL && !field.isRepeated();
    OptionSpec.Builder option =
        OptionSpec.builder(optionName(field))
            .paramLabel(flag ? "true|false" : label(field))
            .description(
                Character.toUpperCase(FieldText.describe(field).charAt(0))
                    + FieldText.describe(field).substring(1).replace("%", "%%")
                    + ".");
    if (FieldText.isAddress(field)) {
      option.completionCandidates(new KeyNames());
    }
    if (field.isRepeated()) {
      option.type(List.class).auxiliaryTypes(String.class).arity("1");
    } else if (flag) {
      option.type(String.class).arity("0..1").fallbackValue("true");
    } else {
      option.type(String.class).arity("1");
    }
    OptionSpec built = option.build();
    spec.addOption(built);
    options.put(field, built);
  }

  private String optionName(FieldDescriptor field) {
    String name = field.getName().toLowerCase(Locale.ROOT).replace('_', '-');
    return spec.findOption("--" + name) == null ? "--" + name : "--field-" + name;
  }

  private void addPosition(FieldDescriptor field) {
    int index = positions.size();
    boolean several = field.isRepeated() && !FieldText.isList(field);
    PositionalParamSpec.Builder position =
        PositionalParamSpec.builder()
            .index(several ? index + "..*" : Integer.toString(index))
            .arity(several ? "0..*" : "0..1")
            .type(several ? List.class : String.class)
            .paramLabel(required ? label(field) + (several ? "..." : "") : "[" + label(field) + "]")
            .hideParamSyntax(true)
            .description("As " + option(field).longestName() + ".");
    if (several) {
      position.auxiliaryTypes(String.class);
    }
    if (FieldText.isAddress(field)) {
      position.completionCandidates(new KeyNames());
    }
    PositionalParamSpec built = position.build();
    spec.addPositional(built);
    positions.add(built);
  }

  private OptionSpec option(FieldDescriptor field) {
    return Objects.requireNonNull(options.get(field), field.getName());
  }

  private static String label(FieldDescriptor field) {
    return field.getName().toUpperCase(Locale.ROOT);
  }

  /** The arguments of an example. */
  public String example() {
    List<FieldDescriptor> shown = arguments.isEmpty() ? List.copyOf(options.keySet()) : arguments;
    List<String> words = new ArrayList<>();
    for (FieldDescriptor field : shown.subList(0, Math.min(shown.size(), MOST_ARGUMENTS))) {
      words.add(
          arguments.contains(field)
              ? FieldText.example(field)
              : option(field).longestName() + " " + FieldText.example(field));
    }
    return String.join(" ", words);
  }

  /**
   * The message of what was typed.
   *
   * @param message members that the command fills itself; receives the others
   * @throws ParameterException where arguments are missing or too many
   * @throws CliException where a text does not fit its field
   */
  public DynamicMessage read(ObjectNode message, Keyring keyring) {
    FieldText texts = new FieldText(json, keyring);
    Deque<String> words = new ArrayDeque<>();
    positions.forEach(position -> words.addAll(values(position.getValue())));
    for (Map.Entry<FieldDescriptor, OptionSpec> option : options.entrySet()) {
      FieldDescriptor field = option.getKey();
      String what = option.getValue().longestName();
      List<String> given = values(option.getValue().getValue());
      if (given.isEmpty() && arguments.contains(field)) {
        what = label(field);
        given = take(field, words);
      }
      if (!given.isEmpty()) {
        message.set(field.getName(), texts.read(what, field, given));
      }
    }
    if (!words.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "'" + words.peek() + "' is one argument too many; what an option gives is no argument");
    }
    try {
      return json.parse(type, Output.JSON.writeValueAsBytes(message));
    } catch (IllegalArgumentException | JsonProcessingException e) {
      throw new CliException(type.getName() + " is refused: " + e.getMessage(), e);
    }
  }

  private List<String> take(FieldDescriptor field, Deque<String> words) {
    if (field.isRepeated() && !FieldText.isList(field)) {
      List<String> rest = List.copyOf(words);
      words.clear();
      return rest;
    }
    String word = words.poll();
    if (word == null && required) {
      throw new ParameterException(
          spec.commandLine(),
          "Missing "
              + label(field)
              + ": give it as an argument, or as "
              + option(field).longestName()
              + "; an empty one as ''");
    }
    return word == null ? List.of() : List.of(word);
  }

  private static List<String> values(@Nullable Object value) {
    if (value == null) {
      return List.of();
    }
    return value instanceof List<?> list
        ? list.stream().map(String::valueOf).toList()
        : Arrays.asList(value.toString());
  }
}
