package io.segue.bundles.cli.module;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.segue.bundles.cli.chain.Modules;
import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.cli.console.CoinsText;
import io.segue.bundles.cli.console.Output;
import io.segue.bundles.cli.keyring.Keyring;
import io.segue.bundles.descriptors.CosmosJson;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Coins;
import io.segue.bundles.sdk.proto.options.Cosmos;
import io.segue.kernel.api.node.FailureText;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Values of fields as a user types them, made into the JSON of the Cosmos SDK, which then is read
 * by {@link CosmosJson}.
 */
public final class FieldText {
  private static final String COIN = "cosmos.base.v1beta1.Coin";
  private static final String DEC_COIN = "cosmos.base.v1beta1.DecCoin";
  private static final String DURATION = "google.protobuf.Duration";
  private static final String TIMESTAMP = "google.protobuf.Timestamp";
  private static final String ANY = "google.protobuf.Any";

  private static final Pattern DURATION_PART = Pattern.compile("(\\d+(?:\\.\\d+)?)(h|ms|m|s)");
  private static final Pattern DECIMAL_COIN = Pattern.compile("(\\d+(?:\\.\\d+)?)([a-zA-Z].*)");
  private static final Pattern ADDRESS_NAME = Pattern.compile("(?:.*_)?(?:address|addr)");
  private static final Pattern HEX = Pattern.compile("(?:[0-9a-fA-F]{2})+");
  private static final String BASE64_PREFIX = "base64:";

  private final CosmosJson json;
  private final Keyring keyring;

  FieldText(CosmosJson json, Keyring keyring) {
    this.json = json;
    this.keyring = keyring;
  }

  /** Whether a field is of messages that are typed as one text: coins, times, durations. */
  static boolean isOneWord(FieldDescriptor field) {
    return !field.isMapField()
        && (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE
            || List.of(COIN, DEC_COIN, DURATION, TIMESTAMP)
                .contains(field.getMessageType().getFullName()));
  }

  /** Whether several values of a field are typed as one text. */
  static boolean isList(FieldDescriptor field) {
    return field.isRepeated() && isOneWord(field) && isMessage(field, COIN);
  }

  /** What is to be typed for a field. */
  static String describe(FieldDescriptor field) {
    String one = describeOne(field);
    if (isList(field)) {
      return "coins, as 10stake,5ufee";
    }
    return field.isRepeated() && !field.isMapField() ? one + "; may be repeated" : one;
  }

  private static String describeOne(FieldDescriptor field) {
    return switch (field.getType()) {
      case MESSAGE, GROUP -> describeMessage(field);
      case ENUM -> "one of " + String.join(", ", names(field.getEnumType()));
      case BYTES -> "bytes, in hex or base64";
      case STRING -> describeString(field);
      default -> field.getType().name().toLowerCase(Locale.ROOT);
    };
  }

  private static String describeString(FieldDescriptor field) {
    String scalar = field.getOptions().getExtension(Cosmos.scalar);
    return isAddress(field)
        ? "address, or name of a key"
        : scalar.isEmpty() ? "string" : scalar.equals("cosmos.Dec") ? "decimal, as 0.5" : scalar;
  }

  private static String describeMessage(FieldDescriptor field) {
    if (field.isMapField()) {
      return "JSON object, or a file with it";
    }
    String type = field.getMessageType().getFullName();
    return switch (type) {
      case COIN -> "coin, as 10stake";
      case DEC_COIN -> "coin with a decimal, as 0.5stake";
      case DURATION -> "duration, as 10s or 1h30m";
      case TIMESTAMP -> "time, as 2026-01-31T12:00:00Z";
      case ANY -> "JSON with \"@type\", or a file with it";
      default ->
          "JSON of "
              + type
              + " {"
              + String.join(
                  ", ",
                  field.getMessageType().getFields().stream()
                      .map(FieldDescriptor::getName)
                      .toList())
              + "}, or a file with it";
    };
  }

  /** An example of a value. */
  static String example(FieldDescriptor field) {
    if (field.isMapField()) {
      return "'{}'";
    }
    return switch (field.getType()) {
      case MESSAGE, GROUP ->
          switch (field.getMessageType().getFullName()) {
            case COIN, DEC_COIN -> "10stake";
            case DURATION -> "10s";
            case TIMESTAMP -> "2026-01-31T12:00:00Z";
            case ANY -> "'{\"@type\": \"/...\"}'";
            default -> field.getName() + ".json";
          };
      case ENUM -> names(field.getEnumType()).get(names(field.getEnumType()).size() - 1);
      case BYTES -> "00ff";
      case STRING -> isAddress(field) ? "alice" : "'some text'";
      case BOOL -> "true";
      default -> "1";
    };
  }

  /**
   * The JSON of a field.
   *
   * @param what the option or argument, for errors
   * @param texts at least one; one where the field is not repeated
   * @throws CliException where a text is none of the field's type
   */
  JsonNode read(String what, FieldDescriptor field, List<String> texts) {
    if (isList(field)) {
      return coins(what, String.join(",", texts.stream().filter(text -> !text.isEmpty()).toList()));
    }
    if (!field.isRepeated() || field.isMapField()) {
      return one(what, field, texts.get(texts.size() - 1));
    }
    ArrayNode all = Output.JSON.createArrayNode();
    for (String text : texts) {
      JsonNode value = one(what, field, text);
      if (value.isArray()) {
        all.addAll((ArrayNode) value);
      } else {
        all.add(value);
      }
    }
    return all;
  }

  private JsonNode one(String what, FieldDescriptor field, String text) {
    return switch (field.getType()) {
      case MESSAGE, GROUP -> message(what, field, text);
      case BOOL -> bool(what, text);
      case ENUM -> enumValue(what, field.getEnumType(), text);
      case BYTES -> json.isNumber(field) ? new TextNode(text) : new TextNode(base64(what, text));
      case STRING -> new TextNode(isAddress(field) ? address(field, text) : text);
      default -> new TextNode(text);
    };
  }

  private static JsonNode message(String what, FieldDescriptor field, String text) {
    if (field.isMapField() || text.startsWith("{") || text.startsWith("[")) {
      return json(what, text);
    }
    return switch (field.getMessageType().getFullName()) {
      case COIN -> coin(what, text);
      case DEC_COIN -> decimalCoin(what, text);
      case DURATION -> new TextNode(duration(what, text));
      case TIMESTAMP -> new TextNode(text);
      default -> json(what, text);
    };
  }

  /** JSON, or a file with it. */
  public static JsonNode json(String what, String text) {
    boolean inline = text.startsWith("{") || text.startsWith("[");
    try {
      return inline
          ? Output.JSON.readTree(text)
          : Output.JSON.readTree(Files.readAllBytes(Path.of(text)));
    } catch (JsonProcessingException e) {
      throw new CliException(what + " is no JSON: " + e.getOriginalMessage(), e);
    } catch (IOException | java.nio.file.InvalidPathException e) {
      throw new CliException(
          what + " '" + text + "' is neither JSON nor a file with it: " + FailureText.of(e), e);
    }
  }

  private static ArrayNode coins(String what, String text) {
    ArrayNode coins = Output.JSON.createArrayNode();
    if (text.startsWith("[") || text.startsWith("{")) {
      JsonNode given = json(what, text.startsWith("{") ? "[" + text + "]" : text);
      given.forEach(coins::add);
      return coins;
    }
    if (!text.isEmpty()) {
      for (Coins.Amount amount : CoinsText.parse(what, text)) {
        coins.addObject().put("denom", amount.denom()).put("amount", amount.amount().toString());
      }
    }
    return coins;
  }

  private static JsonNode coin(String what, String text) {
    ArrayNode coins = coins(what, text);
    if (coins.size() != 1) {
      throw new CliException(what + " '" + text + "' is refused: write one coin, as 10stake");
    }
    return coins.get(0);
  }

  private static JsonNode decimalCoin(String what, String text) {
    Matcher coin = DECIMAL_COIN.matcher(text);
    if (!coin.matches()) {
      throw new CliException(what + " '" + text + "' is refused: write a coin, as 0.5stake");
    }
    return Output.object().put("denom", coin.group(2)).put("amount", coin.group(1));
  }

  /** Seconds, as JSON has them. */
  private static String duration(String what, String text) {
    Matcher part = DURATION_PART.matcher(text);
    BigDecimal seconds = BigDecimal.ZERO;
    int end = 0;
    while (part.find() && part.start() == end) {
      BigDecimal unit =
          switch (part.group(2)) {
            case "h" -> BigDecimal.valueOf(3600);
            case "m" -> BigDecimal.valueOf(60);
            case "ms" -> new BigDecimal("0.001");
            default -> BigDecimal.ONE;
          };
      seconds = seconds.add(new BigDecimal(part.group(1)).multiply(unit));
      end = part.end();
    }
    if (end == 0 || end != text.length()) {
      throw new CliException(
          what + " '" + text + "' is refused: write a duration, as 10s, 500ms or 1h30m");
    }
    BigDecimal plain = seconds.stripTrailingZeros();
    return (plain.scale() < 0 ? plain.setScale(0) : plain).toPlainString() + "s";
  }

  private static JsonNode bool(String what, String text) {
    return switch (text) {
      case "true" -> BooleanNode.TRUE;
      case "false" -> BooleanNode.FALSE;
      default -> throw new CliException(what + " '" + text + "' is refused: write true or false");
    };
  }

  /** The full name of a value by its short one, its full one or its number. */
  private static JsonNode enumValue(String what, EnumDescriptor type, String text) {
    String wanted = text.toLowerCase(Locale.ROOT).replace('_', '-');
    for (EnumValueDescriptor value : type.getValues()) {
      if (value.getName().equalsIgnoreCase(text)
          || shortName(type, value).equals(wanted)
          || Integer.toString(value.getNumber()).equals(text)) {
        return new TextNode(value.getName());
      }
    }
    throw new CliException(
        what + " '" + text + "' is refused: write one of " + String.join(", ", names(type)));
  }

  private static List<String> names(EnumDescriptor type) {
    return type.getValues().stream().map(value -> shortName(type, value)).toList();
  }

  /** {@code no-with-veto} for {@code VOTE_OPTION_NO_WITH_VETO} of {@code VoteOption}. */
  private static String shortName(EnumDescriptor type, EnumValueDescriptor value) {
    String name = value.getName().toLowerCase(Locale.ROOT).replace('_', '-');
    String prefix = Modules.kebab(type.getName()) + "-";
    return name.startsWith(prefix) && name.length() > prefix.length()
        ? name.substring(prefix.length())
        : name;
  }

  /** Hex where it can be read so, as the Cosmos SDK's command line has it; else base64. */
  private static String base64(String what, String text) {
    String hex = text.startsWith("0x") ? text.substring(2) : text;
    if (HEX.matcher(hex).matches()) {
      return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
    }
    String base64 = text.startsWith(BASE64_PREFIX) ? text.substring(BASE64_PREFIX.length()) : text;
    try {
      return Base64.getEncoder().encodeToString(Base64.getDecoder().decode(base64));
    } catch (IllegalArgumentException e) {
      throw new CliException(
          what + " '" + text + "' is refused: write bytes in hex, or in base64 as base64:...", e);
    }
  }

  /** By what the field says of itself, or by its name where it says nothing. */
  static boolean isAddress(FieldDescriptor field) {
    if (field.getType() != FieldDescriptor.Type.STRING) {
      return false;
    }
    String scalar = field.getOptions().getExtension(Cosmos.scalar);
    return scalar.isEmpty()
        ? ADDRESS_NAME.matcher(field.getName()).matches()
        : scalar.endsWith("AddressString");
  }

  private String address(FieldDescriptor field, String text) {
    if (!keyring.has(text)) {
      return text;
    }
    String address = keyring.address(text);
    String scalar = field.getOptions().getExtension(Cosmos.scalar);
    boolean operator =
        scalar.equals("cosmos.ValidatorAddressString")
            || scalar.isEmpty() && field.getName().contains("validator");
    Addresses addresses = new Addresses(Addresses.DEFAULT_PREFIX);
    return operator ? addresses.operator(addresses.parseAccount(address)) : address;
  }

  private static boolean isMessage(FieldDescriptor field, String type) {
    return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
        && field.getMessageType().getFullName().equals(type);
  }
}
