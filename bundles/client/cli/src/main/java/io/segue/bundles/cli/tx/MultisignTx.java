package io.segue.bundles.cli.tx;

import com.google.protobuf.ByteString;
import io.segue.bundles.cli.chain.ChainTypes;
import io.segue.bundles.cli.chain.TxSignatures;
import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.cli.home.Home;
import io.segue.bundles.cli.home.NodeOption;
import io.segue.bundles.cli.keyring.KeyNames;
import io.segue.bundles.cli.keyring.Keyring;
import io.segue.bundles.sdk.AccountKey;
import io.segue.bundles.sdk.AccountKey.Multisig;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.proto.crypto.multisig.CompactBitArray;
import io.segue.bundles.sdk.proto.crypto.multisig.MultiSignature;
import io.segue.bundles.sdk.proto.signing.SignatureDescriptor;
import io.segue.bundles.sdk.proto.signing.SignatureDescriptors;
import io.segue.bundles.sdk.proto.tx.ModeInfo;
import io.segue.bundles.sdk.proto.tx.SignerInfo;
import io.segue.bundles.sdk.proto.tx.Tx;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code segue tx multisign}. */
@Command(
    name = "multisign",
    description = "Puts the signatures of a multisig key's holders into a transaction.",
    mixinStandardHelpOptions = true)
final class MultisignTx implements Runnable {
  @Spec private CommandSpec spec;
  @Mixin private Home home = new Home();
  @Mixin private NodeOption node = new NodeOption();
  @Mixin private TxFile output = new TxFile();

  @Parameters(index = "0", paramLabel = "FILE", description = "The transaction.")
  private Path file;

  @Parameters(
      index = "1",
      paramLabel = "KEY",
      completionCandidates = KeyNames.class,
      description = "Name of the multisig key.")
  private String name;

  @Parameters(
      index = "2..*",
      arity = "1..*",
      paramLabel = "SIGNATURES",
      description = "Files that tx sign --multisig wrote.")
  private List<Path> files;

  @Override
  public void run() {
    Keyring keyring = new Keyring(home.keys(), new Addresses(Addresses.DEFAULT_PREFIX));
    Keyring.Entry entry = keyring.entry(name);
    if (!(entry.key() instanceof Multisig key)) {
      throw new CliException("'" + name + "' is no multisig key; see segue keys list");
    }
    ChainTypes types = ChainTypes.of(node.client());
    Map<Integer, SignatureDescriptor> signatures = new TreeMap<>();
    for (Path part : files) {
      types
          .parse(part.toString(), TxFile.json(part), SignatureDescriptors.newBuilder())
          .getSignaturesList()
          .forEach(signature -> signatures.put(holder(key, part, signature), signature));
    }
    if (signatures.size() < key.threshold()) {
      throw new CliException(
          "'"
              + name
              + "' needs "
              + key.threshold()
              + " signatures of different holders, got "
              + signatures.size());
    }
    Tx signed =
        TxSignatures.with(
            TxFile.read(file, types),
            entry.address(),
            info(key, signatures),
            joined(signatures),
            types);
    output.write(spec.commandLine().getOut(), types.print(signed));
  }

  private int holder(Multisig key, Path part, SignatureDescriptor signature) {
    int index = key.keys().indexOf(AccountKey.parse(signature.getPublicKey()));
    if (index < 0) {
      throw new CliException("the signature in " + part + " is of no holder of '" + name + "'");
    }
    if (!signature.getData().hasSingle()) {
      throw new CliException("the signature in " + part + " is not one holder's alone");
    }
    return index;
  }

  private SignerInfo info(Multisig key, Map<Integer, SignatureDescriptor> signatures) {
    byte[] bits = new byte[(key.keys().size() + 7) / 8];
    ModeInfo.Multi.Builder multi = ModeInfo.Multi.newBuilder();
    long sequence = signatures.values().iterator().next().getSequence();
    for (Map.Entry<Integer, SignatureDescriptor> signature : signatures.entrySet()) {
      int holder = signature.getKey();
      bits[holder / 8] |= (byte) (1 << 7 - holder % 8);
      multi.addModeInfos(TxSignatures.single(signature.getValue().getData().getSingle().getMode()));
      if (signature.getValue().getSequence() != sequence) {
        throw new CliException(
            "the holders signed different sequences; have them sign again the same");
      }
    }
    multi.setBitarray(
        CompactBitArray.newBuilder()
            .setExtraBitsStored(key.keys().size() % 8)
            .setElems(ByteString.copyFrom(bits)));
    return SignerInfo.newBuilder()
        .setPublicKey(key.toAny())
        .setModeInfo(ModeInfo.newBuilder().setMulti(multi))
        .setSequence(sequence)
        .build();
  }

  private static ByteString joined(Map<Integer, SignatureDescriptor> signatures) {
    MultiSignature.Builder joined = MultiSignature.newBuilder();
    signatures
        .values()
        .forEach(signature -> joined.addSignatures(signature.getData().getSingle().getSignature()));
    return joined.build().toByteString();
  }
}
