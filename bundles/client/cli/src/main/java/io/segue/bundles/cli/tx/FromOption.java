package io.segue.bundles.cli.tx;

import io.segue.bundles.cli.keyring.KeyNames;
import io.segue.bundles.cli.keyring.Keyring;
import picocli.CommandLine.Option;

/** The option {@code --from}. */
final class FromOption {
  @Option(
      names = "--from",
      paramLabel = "KEY",
      required = true,
      completionCandidates = KeyNames.class,
      description = "Name of the key that signs; with --generate-only maybe an address.")
  private String from = "";

  Sender sender(TxOptions options) {
    return sender(options.keyring());
  }

  Sender sender(Keyring keyring) {
    return Sender.of(keyring, from);
  }
}
