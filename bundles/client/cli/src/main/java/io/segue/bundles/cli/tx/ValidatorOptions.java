package io.segue.bundles.cli.tx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.cli.console.CoinsText;
import io.segue.bundles.cli.console.Output;
import io.segue.bundles.cli.home.Home;
import io.segue.bundles.sdk.AccountKey;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Coins;
import io.segue.bundles.sdk.Dec;
import io.segue.bundles.sdk.proto.staking.CommissionRates;
import io.segue.bundles.sdk.proto.staking.Description;
import io.segue.bundles.sdk.proto.staking.MsgCreateValidator;
import io.segue.kernel.api.node.FailureText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a validator offers: members of the file that simd has for it, or options of their names. */
final class ValidatorOptions {
  private static final String PUBKEY = "pubkey";
  private static final String AMOUNT = "amount";
  private static final String MONIKER = "moniker";
  private static final String RATE = "commission-rate";
  private static final String MAX_RATE = "commission-max-rate";
  private static final String MAX_CHANGE = "commission-max-change-rate";
  private static final String LEAST = "min-self-delegation";

  /** What simd says where neither the file nor an option does. */
  private static final Map<String, String> DEFAULTS =
      Map.of(RATE, "0.1", MAX_RATE, "0.2", MAX_CHANGE, "0.01", LEAST, "1");

  private static final List<String> MEMBERS =
      List.of(
          PUBKEY,
          AMOUNT,
          MONIKER,
          "identity",
          "website",
          "security",
          "details",
          RATE,
          MAX_RATE,
          MAX_CHANGE,
          LEAST);

  @Option(
      names = "--" + PUBKEY,
      paramLabel = "JSON",
      description = "Consensus key, {\"@type\":\"/cosmos.crypto.ed25519.PubKey\",\"key\":\"...\"}.")
  private @Nullable String pubkey;

  @Option(names = "--" + AMOUNT, paramLabel = "COINS", description = "As 10000000stake.")
  private @Nullable String amount;

  @Option(names = "--" + MONIKER, paramLabel = "NAME", description = "The validator's name.")
  private @Nullable String moniker;

  @Option(names = "--identity", paramLabel = "TEXT", description = "Identity at UPort or Keybase.")
  private @Nullable String identity;

  @Option(names = "--website", paramLabel = "URL", description = "URL with more information.")
  private @Nullable String website;

  @Option(
      names = {"--security", "--security-contact"},
      paramLabel = "MAIL",
      description = "Contact for security issues.")
  private @Nullable String security;

  @Option(names = "--details", paramLabel = "TEXT", description = "Details in free text.")
  private @Nullable String details;

  @Option(names = "--" + RATE, paramLabel = "RATE", description = "Default: 0.1")
  private @Nullable String rate;

  @Option(names = "--" + MAX_RATE, paramLabel = "RATE", description = "Default: 0.2")
  private @Nullable String maxRate;

  @Option(
      names = "--" + MAX_CHANGE,
      paramLabel = "RATE",
      description = "Most that it changes in a day. Default: 0.01")
  private @Nullable String maxChange;

  @Option(
      names = "--" + LEAST,
      paramLabel = "TOKENS",
      description = "Least that the operator holds of it. Default: 1")
  private @Nullable String least;

  /**
   * The message.
   *
   * @param file with what the options do not say; null for none
   * @param operator account of the operator
   * @param home whose consensus key it is where none is named
   * @throws CliException where something is missing or malformed
   */
  MsgCreateValidator message(@Nullable Path file, String operator, Home home) {
    Map<String, String> all = new TreeMap<>(DEFAULTS);
    if (file != null) {
      read(file, all);
    }
    options().forEach(all::put);
    Addresses addresses = new Addresses(Addresses.DEFAULT_PREFIX);
    List<Coins.Amount> amounts = CoinsText.parse(AMOUNT, required(all, AMOUNT)).amounts();
    if (amounts.size() != 1) {
      throw new CliException(
          AMOUNT + " '" + all.get(AMOUNT) + "' must be of one denomination, as 10000000stake");
    }
    return MsgCreateValidator.newBuilder()
        .setDescription(
            Description.newBuilder()
                .setMoniker(required(all, MONIKER))
                .setIdentity(all.getOrDefault("identity", ""))
                .setWebsite(all.getOrDefault("website", ""))
                .setSecurityContact(all.getOrDefault("security", ""))
                .setDetails(all.getOrDefault("details", "")))
        .setCommission(
            CommissionRates.newBuilder()
                .setRate(rate(all, RATE))
                .setMaxRate(rate(all, MAX_RATE))
                .setMaxChangeRate(rate(all, MAX_CHANGE)))
        .setMinSelfDelegation(required(all, LEAST))
        .setValidatorAddress(addresses.operator(addresses.parseAccount(operator)))
        .setPubkey(key(all, home).toAny())
        .setValue(amounts.get(0).toProto())
        .build();
  }

  private Map<String, String> options() {
    Map<String, String> given = new TreeMap<>();
    put(given, PUBKEY, pubkey);
    put(given, AMOUNT, amount);
    put(given, MONIKER, moniker);
    put(given, "identity", identity);
    put(given, "website", website);
    put(given, "security", security);
    put(given, "details", details);
    put(given, RATE, rate);
    put(given, MAX_RATE, maxRate);
    put(given, MAX_CHANGE, maxChange);
    put(given, LEAST, least);
    return given;
  }

  private static void put(Map<String, String> all, String member, @Nullable String value) {
    if (value != null) {
      all.put(member, value);
    }
  }

  private static void read(Path file, Map<String, String> all) {
    JsonNode json = json(file);
    if (!(json instanceof ObjectNode object)) {
      throw new CliException("the validator " + file + " is no JSON object");
    }
    for (Iterator<Map.Entry<String, JsonNode>> members = object.fields(); members.hasNext(); ) {
      Map.Entry<String, JsonNode> member = members.next();
      if (!MEMBERS.contains(member.getKey())) {
        throw new CliException(
            "the validator "
                + file
                + " has a member '"
                + member.getKey()
                + "'; known are "
                + MEMBERS);
      }
      JsonNode value = member.getValue();
      all.put(member.getKey(), value.isTextual() ? value.asText() : value.toString());
    }
  }

  private static JsonNode json(Path file) {
    try {
      return Output.read(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new CliException(file + " can't be read: " + FailureText.of(e), e);
    }
  }

  private static String required(Map<String, String> all, String member) {
    String value = all.get(member);
    if (value == null || value.isBlank()) {
      throw new CliException(
          member + " is missing; give it with --" + member + ", or in a file as simd has it");
    }
    return value;
  }

  /** A rate as it is sent: without a point. */
  private static String rate(Map<String, String> all, String member) {
    String text = required(all, member);
    try {
      return Dec.parse(text).scaled();
    } catch (IllegalArgumentException e) {
      throw new CliException(member + " '" + text + "' is no decimal, as 0.1", e);
    }
  }

  private static AccountKey.Ed25519 key(Map<String, String> all, Home home) {
    String text = all.get(PUBKEY);
    Path file = home.config("priv_validator_key.json");
    JsonNode json;
    byte[] key;
    try {
      json = text == null ? json(file).path("pub_key") : Output.JSON.readTree(text);
      key = json.path(text == null ? "value" : "key").binaryValue();
    } catch (IOException e) {
      key = null;
      json = Output.object();
    }
    String type = json.path(text == null ? "type" : "@type").asText();
    if (key == null
        || key.length != AccountKey.Ed25519.LENGTH
        || !type.equals(text == null ? "tendermint/PubKeyEd25519" : AccountKey.Ed25519.TYPE_URL)) {
      throw new CliException(
          (text == null ? file.toString() : PUBKEY + " " + text)
              + " holds no Ed25519 key; it is as"
              + " {\"@type\":\"/cosmos.crypto.ed25519.PubKey\",\"key\":\"<base64 of 32 bytes>\"}");
    }
    return new AccountKey.Ed25519(ByteString.copyFrom(key));
  }
}
