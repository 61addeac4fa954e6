package io.segue.bundles.cli.tx;

import io.segue.bundles.cli.Key;
import io.segue.bundles.sdk.Addresses;
import picocli.CommandLine.Option;

/** The option {@code --from}. */
final class FromOption {
  @Option(
      names = "--from",
      paramLabel = "KEY",
      required = true,
      description = "Name of the key that signs.")
  private String from = "";

  Key key(TxOptions options) {
    return options.keyring().key(from);
  }

  static String address(Key key) {
    return key.address(new Addresses(Addresses.DEFAULT_PREFIX));
  }
}
