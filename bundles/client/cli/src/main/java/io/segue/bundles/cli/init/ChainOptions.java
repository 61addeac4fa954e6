package io.segue.bundles.cli.init;

import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.cli.console.CoinsText;
import io.segue.bundles.cli.home.Home;
import io.segue.bundles.cli.keyring.Keyring;
import io.segue.bundles.cli.keys.KeysCommand;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Coins;
import java.io.PrintWriter;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** What a new chain begins with: options of the commands that make one. */
public final class ChainOptions {
  /** Less would be no voting power. */
  private static final BigInteger MIN_STAKE = BigInteger.valueOf(1_000_000);

  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");

  @Option(
      names = "--chain-id",
      paramLabel = "ID",
      description = "The chain's identifier, at most 50 characters. Default: ${DEFAULT-VALUE}.")
  private String chainId = "segue-1";

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

  private char[] passphrase = new char[0];

  public String chainId() {
    return chainId;
  }

  /**
   * A home for the chain's first validator, not yet made. The keys that accounts name are those of
   * this home.
   *
   * @param err where the user is told of a key without a passphrase
   * @throws CliException where an option can't be used, or the folder is a home already
   */
  public NewHome newHome(Home home, PrintWriter err) {
    NewHome newHome = another(home);
    newHome.governance(duration(votingPeriod), CoinsText.parse("--min-deposit", minDeposit));
    Keyring keyring = KeysCommand.keyring(home);
    accounts.forEach(account -> addAccount(newHome, keyring, account));
    newHome.generated(generatedAccounts, CoinsText.parse("--generated-coins", generatedCoins));
    if (unbound) {
      newHome.unbound();
    }
    if (!keyring.has(NewHome.VALIDATOR)) {
      passphrase = passphrase(err);
      newHome.passphrase(passphrase);
    }
    return newHome;
  }

  /** A home for another validator of the same stake, and with the first one's passphrase. */
  public NewHome another(Home home) {
    return new NewHome(home, chainId).stake(stake()).passphrase(passphrase);
  }

  /** Where nobody can be asked, a key is made that needs none, and the user is told. */
  private char[] passphrase(PrintWriter err) {
    if (noPassphrase) {
      return new char[0];
    }
    if (System.getenv(Keyring.PASSPHRASE) == null && System.console() == null) {
      err.println(
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
    if (stake.amountOf(GenesisBuilder.BOND_DENOM).compareTo(MIN_STAKE) < 0) {
      throw new CliException(
          "--validator-stake "
              + validatorStake
              + " is refused: a validator needs at least "
              + MIN_STAKE
              + GenesisBuilder.BOND_DENOM);
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

  /** The time that a text such as 500ms, 30s, 10m or 48h says. */
  public static Duration duration(String text) {
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
