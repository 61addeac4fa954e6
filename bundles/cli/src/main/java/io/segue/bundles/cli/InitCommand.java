package io.segue.bundles.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Coins;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    description = {
      "Makes a node's home: keys, genesis and settings of a chain of one validator.",
      "With --from-genesis the chain goes on from a state that segue export wrote."
    },
    mixinStandardHelpOptions = true)
final class InitCommand implements Runnable {
  /** Less would be no voting power. */
  private static final BigInteger MIN_STAKE = BigInteger.valueOf(1_000_000);

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
      description =
          "Port of the JSON-RPC, for a node beside others: each other server then takes a free"
              + " port, and says in the log which. Default: those of etc/.")
  private int rpcPort = -1;

  @Option(
      names = "--engine",
      paramLabel = "ENGINE",
      description =
          "Who makes blocks: solo, the node itself; or comet, a CometBFT that you run beside it on"
              + " the same home (cometbft start --home HOME). Default: ${DEFAULT-VALUE}.")
  private EngineKind engine = EngineKind.solo;

  @Option(
      names = "--from-genesis",
      paramLabel = "FILE",
      description = "Goes on from this genesis; accounts, stake and governance are in it.")
  private Path fromGenesis = Path.of("");

  @Option(
      names = "--from-home",
      paramLabel = "FOLDER",
      description = "With --from-genesis: takes keys, settings and bundles of this node's home.")
  private Path fromHome = Path.of("");

  @Option(
      names = "--no-passphrase",
      description = "Keeps the validator's key without a passphrase; for tests only.")
  private boolean noPassphrase;

  @Option(
      names = "--unbound",
      description =
          "Leaves open which bundles the chain begins with; a node with others then joins unseen.")
  private boolean unbound;

  @Option(
      names = "--generated-accounts",
      paramLabel = "N",
      hidden = true,
      description = "Funds N accounts whose keys everybody knows; for benchmarks.")
  private int generatedAccounts;

  @Option(
      names = "--generated-coins",
      paramLabel = "COINS",
      hidden = true,
      description = "What each of them has. Default: ${DEFAULT-VALUE}.")
  private String generatedCoins = "1000000000stake";

  @Override
  public void run() {
    if (given("--from-genesis")) {
      goOn();
    } else if (given("--from-home")) {
      throw new CliException("--from-home needs --from-genesis FILE; make one with segue export");
    } else {
      begin();
    }
  }

  private boolean given(String option) {
    return spec.commandLine().getParseResult().hasMatchedOption(option);
  }

  private void goOn() {
    for (String option :
        List.of("--account", "--validator-stake", "--voting-period", "--min-deposit")) {
      if (given(option)) {
        throw new CliException(
            option
                + " is refused: with --from-genesis "
                + fromGenesis
                + " says it; edit that file");
      }
    }
    ImportedGenesis genesis = new ImportedGenesis(fromGenesis);
    String id = given("--chain-id") ? chainId : genesis.chainId();
    NewHome newHome = new NewHome(home, id);
    newHome.importing(
        genesis, given("--from-home") ? Optional.of(Home.at(fromHome)) : Optional.empty());
    settings(newHome);
    newHome.make();
    print(id, "");
  }

  private void begin() {
    NewHome newHome = new NewHome(home, chainId);
    newHome.moniker(moniker);
    newHome.stake(stake());
    newHome.governance(duration(votingPeriod), CoinsText.parse("--min-deposit", minDeposit));
    Keyring keyring = KeysCommand.keyring(home);
    accounts.forEach(account -> addAccount(newHome, keyring, account));
    newHome.generated(generatedAccounts, CoinsText.parse("--generated-coins", generatedCoins));
    if (unbound) {
      newHome.unbound();
    }
    settings(newHome);
    if (!keyring.has(NewHome.VALIDATOR)) {
      newHome.passphrase(passphrase());
    }
    print(chainId, newHome.make());
  }

  private void settings(NewHome newHome) {
    newHome.engine(engine);
    newHome.set("io.segue.consensus.solo", "moniker", moniker);
    if (!blockInterval.isEmpty()) {
      String intervalMs = Long.toString(duration(blockInterval).toMillis());
      newHome.set("io.segue.consensus.solo", "blockIntervalMs", intervalMs);
    }
    if (rpcPort >= 0) {
      newHome.besideOthers(rpcPort);
    }
  }

  private void print(String id, String operator) {
    ObjectNode result = Output.object();
    result.put("home", home.folder().toString());
    result.put("chainId", id);
    if (!operator.isEmpty()) {
      result.put("operator", operator);
    }
    result.put("next", "segue start --home " + home.folder());
    output.print(spec.commandLine().getOut(), result);
  }

  /** Where nobody can be asked, a key is made that needs none, and the user is told. */
  private char[] passphrase() {
    if (noPassphrase) {
      return new char[0];
    }
    if (System.getenv(Keyring.PASSPHRASE) == null && System.console() == null) {
      spec.commandLine()
          .getErr()
          .println(
              "segue: the key validator is kept without a passphrase, as there is no terminal to"
                  + " ask for one and "
                  + Keyring.PASSPHRASE
                  + " is not set");
      return new char[0];
    }
    return KeysCommand.newPassphrase();
  }

  private Coins stake() {
    Coins stake = CoinsText.parse("--validator-stake", validatorStake);
    if (stake.amountOf(GenesisFile.BOND_DENOM).compareTo(MIN_STAKE) < 0) {
      throw new CliException(
          "--validator-stake "
              + validatorStake
              + " is refused: a validator needs at least "
              + MIN_STAKE
              + GenesisFile.BOND_DENOM);
    }
    return stake;
  }

  private static void addAccount(NewHome newHome, Keyring keyring, String account) {
    int equals = account.indexOf('=');
    if (equals < 0) {
      throw new CliException(
          "--account " + account + " is refused: write NAME=COINS, as alice=1000stake");
    }
    String address = keyring.address(account.substring(0, equals));
    try {
      new Addresses(Addresses.DEFAULT_PREFIX).parseAccount(address);
      newHome.account(address, Coins.parse(account.substring(equals + 1)));
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
