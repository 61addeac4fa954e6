package io.segue.bundles.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Coins;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code segue init}: makes a node's home with a chain of one validator. */
@Command(
    name = "init",
    description = "Makes a node's home: keys, genesis and settings of a chain of one validator.",
    mixinStandardHelpOptions = true)
final class InitCommand implements Runnable {
  private static final Pattern CHAIN_ID = Pattern.compile("[A-Za-z0-9_.-]{1,50}");
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");

  @Spec CommandSpec spec;
  @Mixin Home home;
  @Mixin Output output;

  @Option(
      names = "--chain-id",
      paramLabel = "ID",
      description = "The chain's identifier, at most 50 characters. Default: ${DEFAULT-VALUE}.")
  private String chainId = "segue-1";

  @Option(
      names = "--moniker",
      paramLabel = "NAME",
      description = "The node's name. Default: ${DEFAULT-VALUE}.")
  private String moniker = "node";

  @Option(
      names = "--account",
      paramLabel = "NAME=COINS",
      description = "A funded account: name of a key, or address. May be repeated.")
  private List<String> accounts = new ArrayList<>();

  @Option(
      names = "--validator-stake",
      paramLabel = "COINS",
      description = "What the validator's operator delegates. Default: ${DEFAULT-VALUE}.")
  private String validatorStake = "1000000000stake";

  @Option(
      names = "--voting-period",
      paramLabel = "DURATION",
      description = "Voting period of governance: 30s, 10m, 48h. Default: ${DEFAULT-VALUE}.")
  private String votingPeriod = "48h";

  @Option(
      names = "--min-deposit",
      paramLabel = "COINS",
      description = "Least deposit of a proposal. Default: ${DEFAULT-VALUE}.")
  private String minDeposit = "10000000stake";

  @Option(
      names = "--block-interval",
      paramLabel = "DURATION",
      description = "Pause between blocks: 500ms, 1s. Default: that of etc/.")
  private String blockInterval = "";

  @Option(
      names = "--rpc-port",
      paramLabel = "PORT",
      description = "Port of the JSON-RPC. Default: that of etc/.")
  private int rpcPort = -1;

  @Override
  public void run() {
    refuseUnlessNew();
    Coins stake = Coins.parse(validatorStake);
    if (!CHAIN_ID.matcher(chainId).matches()) {
      throw new CliException(
          "the chain id '" + chainId + "' is refused: 1 to 50 letters, digits and . _ -");
    }
    Home.makeFolder(home.folder());
    for (String folder : List.of("config", "etc", "data", "deploy", "run", "log", "keys")) {
      Home.makeFolder(home.folder().resolve(folder));
    }
    Keyring keyring = KeysCommand.keyring(home);
    Key operator = operator(keyring);
    ValidatorKey validator = ValidatorKey.generate();
    GenesisFile genesis = new GenesisFile(chainId);
    Addresses addresses = new Addresses(Addresses.DEFAULT_PREFIX);
    genesis.account(operator.address(addresses), Coins.of(GenesisFile.BOND_DENOM, 1_000_000_000L));
    for (String account : accounts) {
      addAccount(genesis, keyring, account);
    }
    genesis.validator(
        operator.address(), validator.publicKey(), moniker, stake.amountOf(GenesisFile.BOND_DENOM));
    genesis.governance(duration(votingPeriod), Coins.parse(minDeposit));
    Instant time = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    Home.writeNew(home.config("genesis.json"), genesis.build(time).toPrettyString() + "\n");
    Home.writeNew(
        home.config("priv_validator_key.json"), validator.validatorFile().toPrettyString() + "\n");
    Home.writeNew(
        home.config("node_key.json"), ValidatorKey.generate().nodeFile().toPrettyString() + "\n");
    copySettings();
    ObjectNode result = Output.object();
    result.put("home", home.folder().toString());
    result.put("chainId", chainId);
    result.put("operator", operator.address(addresses));
    result.put("next", "segue start --home " + home.folder());
    output.print(spec.commandLine().getOut(), result);
  }

  private void refuseUnlessNew() {
    if (Files.exists(home.config("genesis.json"))) {
      throw new CliException(
          home.folder() + " is a node's home already; name another --home, or remove it");
    }
  }

  /**
   * The key {@code validator}, made where it is absent; on a chain of its own it needs no
   * passphrase.
   */
  private static Key operator(Keyring keyring) {
    if (!keyring.has("validator")) {
      keyring.add("validator", Key.ofMnemonic(Key.newMnemonic()), new char[0]);
    }
    return keyring.key("validator");
  }

  private static void addAccount(GenesisFile genesis, Keyring keyring, String account) {
    int equals = account.indexOf('=');
    if (equals < 0) {
      throw new CliException(
          "--account " + account + " is refused: write NAME=COINS, as alice=1000stake");
    }
    String address = keyring.address(account.substring(0, equals));
    try {
      new Addresses(Addresses.DEFAULT_PREFIX).parseAccount(address);
      genesis.account(address, Coins.parse(account.substring(equals + 1)));
    } catch (RuntimeException e) {
      throw new CliException(
          "--account "
              + account
              + " is refused: "
              + e.getMessage()
              + "; name a key (segue keys list) or an address, and coins as 1000stake",
          e);
    }
  }

  private void copySettings() {
    String distribution = System.getProperty("segue.dist");
    if (distribution == null) {
      throw new CliException("the distribution's folder is not known; run bin/segue");
    }
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(Path.of(distribution, "etc"), "*.cfg")) {
      for (Path file : files) {
        String name = String.valueOf(file.getFileName());
        Home.writeNew(home.etc().resolve(name), changed(name, Files.readString(file)));
      }
    } catch (IOException e) {
      throw new CliException("the settings in " + distribution + "/etc can't be copied: " + e, e);
    }
  }

  private String changed(String file, String text) {
    if (file.equals("io.segue.consensus.solo.cfg") && !blockInterval.isEmpty()) {
      return set(text, "blockIntervalMs", Long.toString(duration(blockInterval).toMillis()));
    }
    if (file.equals("io.segue.rpc.cfg") && rpcPort >= 0) {
      return set(text, "port", Integer.toString(rpcPort));
    }
    return text;
  }

  private static String set(String text, String key, String value) {
    String changed = text.replaceAll("(?m)^#? ?" + key + " *=.*$", key + " = " + value);
    if (changed.equals(text) && !text.contains(key + " = " + value)) {
      return text + "\n" + key + " = " + value + "\n";
    }
    return changed;
  }

  static Duration duration(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      throw new CliException(
          "'" + text + "' is no duration; write a number with ms, s, m or h, as 30s");
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      default -> Duration.ofHours(number);
    };
  }
}
