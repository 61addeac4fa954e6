package io.segue.bundles.cli.init;

import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.cli.console.OwnerFiles;
import io.segue.bundles.cli.home.ClientFile;
import io.segue.bundles.cli.home.Home;
import io.segue.bundles.cli.home.SettingsText;
import io.segue.bundles.cli.keyring.GeneratedAccounts;
import io.segue.bundles.cli.keyring.Key;
import io.segue.bundles.cli.keyring.Keyring;
import io.segue.bundles.nodes.Distribution;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Coins;
import io.segue.kernel.api.node.FailureText;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Makes a node's home: folders for their owner only, keys, genesis of a chain of one validator, or
 * of several, and settings. The fields say what differs from the defaults. Or a home for a chain
 * that goes on from an exported genesis, with what another home has.
 */
public final class NewHome {
  /** Name of the key that operates the validator. */
  public static final String VALIDATOR = "validator";

  /** Coins that the validator's operator has besides its stake. */
  static final Coins OPERATOR_COINS = Coins.of(GenesisBuilder.BOND_DENOM, 1_000_000_000L);

  /** What CometBFT keeps of the last vote that it signed; it does not start without the file. */
  private static final String NOTHING_SIGNED = "{\"height\": \"0\", \"round\": 0, \"step\": 0}\n";

  private static final Pattern CHAIN_ID = Pattern.compile("[A-Za-z0-9_.-]{1,50}");

  /** Where a path to a Unix socket may end: Linux takes 107 bytes. */
  static final int MAX_SOCKET_PATH_BYTES = 107;

  /** Servers beside JSON-RPC, by their settings. */
  private static final List<String> OTHER_SERVERS =
      List.of("io.segue.grpc", "io.segue.metrics", "io.segue.rest");

  private final Addresses addresses = new Addresses(Addresses.DEFAULT_PREFIX);
  private final Home home;
  private final String chainId;
  private final Map<String, Coins> accounts = new LinkedHashMap<>();
  private final Map<String, Map<String, String>> settings = new LinkedHashMap<>();
  private char[] passphrase = new char[0];
  private String moniker = "node";
  private Coins stake = Coins.of(GenesisBuilder.BOND_DENOM, 1_000_000_000L);
  private Duration votingPeriod = Duration.ofHours(48);
  private Coins minDeposit = Coins.of(GenesisBuilder.BOND_DENOM, 10_000_000L);
  private int generatedAccounts;
  private Optional<ImportedGenesis> imported = Optional.empty();
  private Optional<Home> source = Optional.empty();
  private Coins generatedCoins = Coins.NONE;
  private boolean bound = true;
  private EngineKind engine = EngineKind.solo;
  private List<NewHome> others = List.of();

  /**
   * A home for a chain of this name.
   *
   * @throws CliException where the folder is a home already, or the name or folder can't be used
   */
  public NewHome(Home home, String chainId) {
    this.home = home;
    this.chainId = chainId;
    if (OwnerFiles.isThere(home.config("genesis.json"))) {
      throw new CliException(
          home.folder() + " is a node's home already; name another --home, or remove it");
    }
    if (!CHAIN_ID.matcher(chainId).matches()) {
      throw new CliException(
          "the chain id '" + chainId + "' is refused: 1 to 50 letters, digits and . _ -");
    }
    if (home.shellSocket().toString().getBytes(java.nio.charset.StandardCharsets.UTF_8).length
        > MAX_SOCKET_PATH_BYTES) {
      throw new CliException(
          "the path "
              + home.shellSocket()
              + " is longer than a socket's may be, "
              + MAX_SOCKET_PATH_BYTES
              + " bytes; name a --home with a shorter path");
    }
  }

  /** Passphrase of the validator's key, where it is made; empty for none. */
  public NewHome passphrase(char[] newPassphrase) {
    passphrase = newPassphrase.clone();
    return this;
  }

  public NewHome moniker(String name) {
    moniker = name;
    return this;
  }

  /** What the validator's operator delegates to it. */
  public NewHome stake(Coins coins) {
    stake = coins;
    return this;
  }

  public NewHome governance(Duration newVotingPeriod, Coins newMinDeposit) {
    votingPeriod = newVotingPeriod;
    minDeposit = newMinDeposit;
    return this;
  }

  /** Funds an account. */
  public NewHome account(String address, Coins coins) {
    accounts.merge(address, coins, Coins::plus);
    return this;
  }

  /** Has another engine than the node's own. */
  public NewHome engine(EngineKind kind) {
    engine = kind;
    return this;
  }

  /**
   * Makes the homes of the chain's other validators, too; accounts, governance and bundles are what
   * this one says.
   */
  public NewHome with(List<NewHome> otherValidators) {
    others = List.copyOf(otherValidators);
    return this;
  }

  /** Leaves open which bundles the chain begins with. */
  public NewHome unbound() {
    bound = false;
    return this;
  }

  /** Funds the first {@code count} accounts of {@link GeneratedAccounts}. */
  public NewHome generated(int count, Coins coins) {
    generatedAccounts = count;
    generatedCoins = coins;
    return this;
  }

  /** Sets a key of a file in {@code etc/}, whose name is given without its ending. */
  public NewHome set(String pid, String key, String value) {
    settings.computeIfAbsent(pid + ".cfg", p -> new LinkedHashMap<>()).put(key, value);
    return this;
  }

  /**
   * Has JSON-RPC listen on a port, or CometBFT asked there, and each other server listen on one
   * that is free when it starts: for nodes beside other nodes.
   */
  public NewHome besideOthers(int rpcPort) {
    OTHER_SERVERS.forEach(server -> set(server, "port", "0"));
    set("io.segue.consensus.comet", "rpc", "http://127.0.0.1:" + rpcPort);
    return set("io.segue.rpc", "port", Integer.toString(rpcPort));
  }

  /**
   * Goes on from an exported genesis.
   *
   * @param from whose keys, settings and bundles it takes; empty for new keys
   */
  NewHome importing(ImportedGenesis genesis, Optional<Home> from) {
    imported = Optional.of(genesis);
    source = from;
    return this;
  }

  /**
   * Makes it.
   *
   * @return address of the validator's operator; empty where an imported genesis says who that is
   */
  public String make() {
    if (imported.isEmpty()) {
      return makeChain();
    }
    makeFolders();
    if (source.isPresent()) {
      copyHome(source.get());
    } else {
      writeKeys(ValidatorKey.generate());
      copySettings(Distribution.folder().resolve("etc"));
    }
    Path genesis = home.config("genesis.json");
    OwnerFiles.writeNew(genesis, "");
    try {
      imported.get().copy(genesis, chainId);
    } catch (CliException e) {
      genesis.toFile().delete();
      throw e;
    }
    return "";
  }

  private void makeFolders() {
    for (String folder : List.of("", "config", "etc", "data", "deploy", "run", "log", "keys")) {
      OwnerFiles.makeFolder(home.folder().resolve(folder));
    }
  }

  private String makeChain() {
    List<NewHome> all = new ArrayList<>(List.of(this));
    all.addAll(others);
    GenesisBuilder genesis = new GenesisBuilder(chainId, votingPeriod, minDeposit);
    List<String> operators = new ArrayList<>();
    for (NewHome each : all) {
      GenesisBuilder.Validator validator = each.makeAllButGenesis();
      String operator = addresses.account(validator.operator());
      genesis.account(operator, OPERATOR_COINS).validator(validator);
      operators.add(operator);
    }
    accounts.forEach(genesis::account);
    genesis.generatedAccounts(generatedAccounts, generatedCoins);
    if (bound) {
      genesis.boundTo(GenesisBundles.ofDistribution().digest());
    }
    Instant time = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    all.forEach(each -> each.writeGenesis(genesis, time));
    return operators.get(0);
  }

  /** Folders, keys and settings; the validator that the genesis of its chain names. */
  private GenesisBuilder.Validator makeAllButGenesis() {
    makeFolders();
    String operator = operator(new Keyring(home.keys(), addresses));
    ValidatorKey consensusKey = ValidatorKey.generate();
    writeKeys(consensusKey);
    copySettings(Distribution.folder().resolve("etc"));
    new ClientFile(home).set(ClientFile.Key.CHAIN_ID, chainId);
    return new GenesisBuilder.Validator(
        addresses.parseAccount(operator),
        consensusKey.publicKey(),
        moniker,
        stake.amountOf(GenesisBuilder.BOND_DENOM));
  }

  private void writeKeys(ValidatorKey consensusKey) {
    OwnerFiles.writeNew(
        home.config("priv_validator_key.json"),
        consensusKey.validatorFile().toPrettyString() + "\n");
    OwnerFiles.writeNew(
        home.config("node_key.json"), ValidatorKey.generate().nodeFile().toPrettyString() + "\n");
    if (engine == EngineKind.comet) {
      OwnerFiles.writeNew(
          home.folder().resolve("data").resolve("priv_validator_state.json"), NOTHING_SIGNED);
    }
  }

  /** Keys, settings, and the bundles of every generation that the other node ran. */
  private void copyHome(Home from) {
    copySettings(from.etc());
    try {
      for (String file : List.of("priv_validator_key.json", "node_key.json")) {
        Files.copy(from.config(file), home.config(file));
      }
      OwnerFiles.copyFiles(from.keys(), home.keys());
      OwnerFiles.copyFiles(from.artifacts(), home.artifacts());
    } catch (IOException e) {
      throw new CliException(
          "--from-home "
              + from.folder()
              + " can't be copied: "
              + FailureText.of(e)
              + "; name a node's home",
          e);
    }
  }

  private String operator(Keyring keyring) {
    if (!keyring.has(VALIDATOR)) {
      keyring.add(VALIDATOR, Key.ofMnemonic(Key.newMnemonic()), passphrase);
    }
    return keyring.entry(VALIDATOR).address();
  }

  /** Last, as its presence says that the home is whole. */
  private void writeGenesis(GenesisBuilder genesis, Instant time) {
    Path file = home.config("genesis.json");
    OwnerFiles.writeNew(file, "");
    try (OutputStream out =
        new BufferedOutputStream(
            Files.newOutputStream(file, StandardOpenOption.TRUNCATE_EXISTING))) {
      genesis.write(out, time);
    } catch (IOException e) {
      throw new CliException(file + " can't be written: " + FailureText.of(e), e);
    }
  }

  private void copySettings(Path templates) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(templates, "*.cfg")) {
      for (Path file : files) {
        String name = String.valueOf(file.getFileName());
        if (!engine.has(name)) {
          continue;
        }
        String text = Files.readString(file);
        for (Map.Entry<String, String> setting : settings.getOrDefault(name, Map.of()).entrySet()) {
          text = SettingsText.set(text, setting.getKey(), setting.getValue());
        }
        OwnerFiles.writeNew(home.etc().resolve(name), text);
      }
    } catch (IOException e) {
      throw new CliException(
          "the settings in " + templates + " can't be copied: " + FailureText.of(e), e);
    }
  }
}
