package io.segue.bundles.cli.keys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.cli.console.HelpOption;
import io.segue.bundles.cli.console.Output;
import io.segue.bundles.cli.home.Home;
import io.segue.bundles.cli.keyring.Key;
import io.segue.bundles.cli.keyring.KeyNames;
import io.segue.bundles.cli.keyring.Keyring;
import io.segue.bundles.sdk.AccountKey;
import io.segue.bundles.sdk.Addresses;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code segue keys}. */
@Command(
    name = "keys",
    description = {
      "Keys of accounts, kept encrypted in the home folder.",
      "A passphrase has at least 8 characters. It is asked for on a terminal; scripts set"
          + " SEGUE_PASSPHRASE."
    },
    mixinStandardHelpOptions = true,
    subcommands = {
      DeleteKeys.class,
      ExportKey.class,
      ImportKey.class,
      ParseAddress.class,
      RenameKey.class
    },
    synopsisSubcommandLabel = "COMMAND")
public final class KeysCommand implements Runnable {
  @Spec CommandSpec spec;

  @Override
  public void run() {
    throw new picocli.CommandLine.ParameterException(spec.commandLine(), "Missing command");
  }

  @Command(
      name = "add",
      description = {
        "Makes a key and prints its mnemonic once;",
        "or keeps the public key of others, or a key that several hold."
      })
  void add(
      @Mixin HelpOption help,
      @Mixin Home home,
      @Mixin Output output,
      @Parameters(paramLabel = "NAME", description = "Name of the key.") String name,
      @Option(
              names = "--recover",
              description =
                  "Asks for the mnemonic of the key: without an echo on a terminal, else as a line"
                      + " of standard input.")
          boolean recover,
      @Option(
              names = "--no-passphrase",
              description = "Keeps the key without a passphrase; for tests only.")
          boolean noPassphrase,
      @Mixin PublicKeyOptions publicKey) {
    Keyring keyring = keyring(home);
    keyring.requireNew(name);
    Optional<AccountKey> others = publicKey.key(keyring);
    if (others.isPresent()) {
      output.print(spec.commandLine().getOut(), describe(keyring.addPublic(name, others.get())));
      return;
    }
    String mnemonic = recover ? new String(Secrets.read("The mnemonic")) : Key.newMnemonic();
    char[] passphrase = noPassphrase ? new char[0] : newPassphrase();
    Keyring.Entry entry = keyring.add(name, Key.ofMnemonic(mnemonic), passphrase);
    ObjectNode result = describe(entry);
    if (!recover) {
      result.put("mnemonic", mnemonic);
    }
    output.print(spec.commandLine().getOut(), result);
    if (!recover && !output.json()) {
      spec.commandLine()
          .getErr()
          .println(
              "Write the mnemonic down: whoever has it has the account; it is not shown again.");
    }
  }

  @Command(name = "list", description = "Lists the keys.")
  void list(@Mixin HelpOption help, @Mixin Home home, @Mixin Output output) {
    var all = Output.JSON.createArrayNode();
    keyring(home).list().forEach(entry -> all.add(describe(entry)));
    output.print(spec.commandLine().getOut(), all);
  }

  @Command(name = "show", description = "Shows a key's address and public key.")
  void show(
      @Mixin HelpOption help,
      @Mixin Home home,
      @Mixin Output output,
      @Parameters(
              paramLabel = "NAME",
              completionCandidates = KeyNames.class,
              description = "Name of the key.")
          String name) {
    output.print(spec.commandLine().getOut(), describe(keyring(home).entry(name)));
  }

  public static Keyring keyring(Home home) {
    return new Keyring(home.keys(), new Addresses(Addresses.DEFAULT_PREFIX));
  }

  /** Asks twice on a terminal. */
  public static char[] newPassphrase() {
    char[] passphrase = Secrets.checked(Keyring.passphrase("New passphrase"));
    if (System.getenv(Keyring.PASSPHRASE) == null
        && !Arrays.equals(passphrase, Keyring.passphrase("Repeat the passphrase"))) {
      throw new CliException("the two passphrases differ; nothing is kept");
    }
    return passphrase;
  }

  static ObjectNode describe(Keyring.Entry entry) {
    ObjectNode result = Output.object();
    result.put("name", entry.name());
    result.put("address", entry.address());
    if (entry.key() instanceof AccountKey.Multisig several) {
      result.put("threshold", several.threshold());
      several.keys().forEach(held -> result.withArray("keys").add(hex(held)));
    } else {
      result.put("publicKey", hex(entry.key()));
    }
    result.put("passphrase", entry.passphrase());
    if (!entry.secret()) {
      result.put("secret", false);
    }
    return result;
  }

  /** A key that signs alone as its bytes, another one with its type. */
  private static String hex(AccountKey key) {
    byte[] bytes =
        key instanceof AccountKey.Secp256k1 one
            ? one.bytes().toByteArray()
            : key.toAny().toByteArray();
    return HexFormat.of().formatHex(bytes);
  }
}
