package io.segue.bundles.cli.tx;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import io.segue.bundles.cli.chain.ChainInfo;
import io.segue.bundles.cli.chain.ChainTypes;
import io.segue.bundles.cli.chain.NodeClient;
import io.segue.bundles.cli.chain.TxSignatures;
import io.segue.bundles.cli.chain.TxSignatures.Place;
import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.cli.home.Home;
import io.segue.bundles.cli.home.NodeOption;
import io.segue.bundles.cli.keyring.Key;
import io.segue.bundles.cli.keyring.KeyNames;
import io.segue.bundles.cli.keyring.Keyring;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.proto.signing.SignMode;
import io.segue.bundles.sdk.proto.signing.SignatureDescriptor;
import io.segue.bundles.sdk.proto.signing.SignatureDescriptors;
import io.segue.bundles.sdk.proto.tx.Tx;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code segue tx sign}. */
@Command(
    name = "sign",
    description = {
      "Signs the transaction of a file, as --generate-only prints it, and prints it signed.",
      "With --multisig it prints the signature alone, for tx multisign."
    },
    mixinStandardHelpOptions = true)
final class SignTx implements Runnable {
  @Spec private CommandSpec spec;
  @Mixin private Home home = new Home();
  @Mixin private NodeOption node = new NodeOption();
  @Mixin private FromOption from = new FromOption();
  @Mixin private SignModes signMode = new SignModes();
  @Mixin private TxFile output = new TxFile();

  @Parameters(paramLabel = "FILE", description = "The transaction.")
  private Path file;

  @Option(
      names = "--multisig",
      paramLabel = "KEY",
      defaultValue = "",
      completionCandidates = KeyNames.class,
      description =
          "Name or address of the multisig key that the signature is for; in mode amino-json.")
  private String multisig;

  @Option(
      names = "--chain-id",
      paramLabel = "ID",
      defaultValue = "",
      description = "The chain to sign for. Default: asked from the node.")
  private String chainId;

  @Option(
      names = "--offline",
      description = "Asks no node; --chain-id, --account-number and --sequence must be given.")
  private boolean offline;

  @Option(
      names = "--account-number",
      paramLabel = "N",
      description = "Number of the account that signs. Default: asked from the node.")
  private @Nullable Long accountNumber;

  @Option(
      names = "--sequence",
      paramLabel = "N",
      description = "Sequence to sign. Default: asked from the node.")
  private @Nullable Long sequence;

  @Override
  public void run() {
    Keyring keyring = new Keyring(home.keys(), new Addresses(Addresses.DEFAULT_PREFIX));
    ChainTypes types = offline ? ChainTypes.own() : ChainTypes.of(node.client());
    Tx tx = TxFile.read(file, types);
    Sender signer = from.sender(keyring);
    JsonNode result;
    if (multisig.isEmpty()) {
      Place place = place(signer.address());
      result = types.print(TxSignatures.sign(tx, signer.key(), signMode.mode(), place, types));
    } else {
      Place place = place(keyring.address(multisig));
      result = types.print(part(tx, signer.key(), place, types));
    }
    output.write(spec.commandLine().getOut(), result);
  }

  private static SignatureDescriptors part(Tx tx, Key key, Place place, ChainTypes types) {
    SignMode mode = SignMode.SIGN_MODE_LEGACY_AMINO_JSON;
    ByteString signature = TxSignatures.signature(tx, key, mode, place, types);
    return SignatureDescriptors.newBuilder()
        .addSignatures(
            SignatureDescriptor.newBuilder()
                .setPublicKey(key.account().toAny())
                .setData(
                    SignatureDescriptor.Data.newBuilder()
                        .setSingle(
                            SignatureDescriptor.Data.Single.newBuilder()
                                .setMode(mode)
                                .setSignature(signature)))
                .setSequence(place.sequence()))
        .build();
  }

  private Place place(String address) {
    if (offline) {
      if (chainId.isEmpty() || accountNumber == null || sequence == null) {
        throw new CliException(
            "--offline needs what the node is asked for otherwise: --chain-id, --account-number,"
                + " --sequence");
      }
      return new Place(chainId, accountNumber, sequence);
    }
    NodeClient client = node.client();
    ChainInfo.Account account = new ChainInfo(client).account(address);
    return new Place(
        client.requireChain(chainId),
        accountNumber == null ? account.number() : accountNumber,
        sequence == null ? account.sequence() : sequence);
  }
}
