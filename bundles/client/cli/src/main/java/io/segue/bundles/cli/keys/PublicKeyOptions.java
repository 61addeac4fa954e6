package io.segue.bundles.cli.keys;

import com.google.protobuf.ByteString;
import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.cli.keyring.Key;
import io.segue.bundles.cli.keyring.KeyNames;
import io.segue.bundles.cli.keyring.Keyring;
import io.segue.bundles.sdk.AccountKey;
import io.segue.bundles.sdk.AccountKey.Multisig;
import io.segue.kernel.api.module.ModuleException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What {@code segue keys add} keeps without a secret. */
final class PublicKeyOptions {
  private static final Comparator<ByteString> BY_UNSIGNED_BYTES =
      ByteString.unsignedLexicographicalComparator();

  @Option(
      names = "--pubkey",
      paramLabel = "HEX",
      defaultValue = "",
      description = "Keeps this public key of 33 bytes, as keys show prints it.")
  private String pubkey = "";

  @Option(
      names = "--multisig",
      paramLabel = "KEY,...",
      split = ",",
      completionCandidates = KeyNames.class,
      description = "Keeps the key that these keys hold together.")
  private List<String> holders = new ArrayList<>();

  @Option(
      names = "--multisig-threshold",
      paramLabel = "K",
      description = "How many of them must sign. Default: ${DEFAULT-VALUE}.")
  private int threshold = 1;

  @Option(
      names = "--nosort",
      description = "Keeps the keys in the order given, not in that of their addresses.")
  private boolean unsorted;

  /**
   * The public key that the options name; empty where they name none.
   *
   * @throws CliException where they name no key
   */
  Optional<AccountKey> key(Keyring keyring) {
    try {
      if (!pubkey.isEmpty()) {
        return Optional.of(
            new AccountKey.Secp256k1(ByteString.copyFrom(HexFormat.of().parseHex(pubkey))));
      }
      return holders.isEmpty() ? Optional.empty() : Optional.of(multisig(keyring));
    } catch (IllegalArgumentException e) {
      throw new CliException("--pubkey is not in hex: " + e.getMessage(), e);
    } catch (ModuleException e) {
      throw new CliException("the key is refused: " + e.log(), e);
    }
  }

  private AccountKey multisig(Keyring keyring) {
    List<AccountKey> keys = new ArrayList<>();
    holders.forEach(name -> keys.add(keyring.entry(name.strip()).key()));
    if (!unsorted) {
      keys.sort(
          Comparator.comparing(key -> ByteString.copyFrom(Key.rawAddress(key)), BY_UNSIGNED_BYTES));
    }
    return new Multisig(threshold, keys);
  }
}
