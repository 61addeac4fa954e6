package io.segue.bundles.cli.tx;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import io.segue.bundles.cli.chain.ChainTypes;
import io.segue.bundles.cli.chain.NodeTypes;
import io.segue.bundles.cli.chain.SignerFields;
import io.segue.bundles.cli.console.Output;
import io.segue.bundles.cli.module.MessageFields;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;

/**
 * A command that sends a message of which only the descriptor is known. Who signs is the sender; a
 * message that is governance's to send goes into a proposal.
 */
public final class MessageTx implements Callable<Integer> {
  private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);
  private final NodeTypes types;
  private final TxOptions options = new TxOptions();
  private final FromOption from = new FromOption();
  private final ProposalOptions proposal = new ProposalOptions();
  private final Optional<FieldDescriptor> sender;
  private final boolean proposes;
  private final MessageFields fields;

  private MessageTx(String path, String name, Descriptor type, NodeTypes types) {
    this.types = types;
    sender = SignerFields.sender(type);
    proposes = SignerFields.isOfGovernance(type);
    spec.name(name);
    spec.mixinStandardHelpOptions(true);
    spec.addMixin("tx", CommandSpec.forAnnotatedObject(options));
    spec.addMixin("from", CommandSpec.forAnnotatedObject(from));
    if (proposes) {
      spec.addMixin("proposal", CommandSpec.forAnnotatedObject(proposal));
    }
    fields =
        new MessageFields(
            spec, type, types.types().json(), sender.map(Set::of).orElse(Set.of()), true);
    spec.usageMessage()
        .description(
            (proposes ? "Submits a proposal of a message " : "Sends a message ")
                + type.getFullName()
                + sender
                    .map(
                        field ->
                            proposes
                                ? ", which governance sends."
                                : "; its " + field.getName() + " is --from.")
                    .orElse("."))
        .footer(
            "",
            "Example: "
                + path
                + " "
                + name
                + " "
                + fields.example()
                + " --from alice"
                + (proposes ? " --title ... --summary ... --deposit 10000000stake" : ""));
  }

  /**
   * The command.
   *
   * @param path of the commands above it, for its example
   */
  public static CommandSpec spec(String path, String name, Descriptor type, NodeTypes types) {
    return new MessageTx(path, name, type, types).spec;
  }

  @Override
  public Integer call() {
    Sender signer = from.sender(options);
    ObjectNode filled = Output.object();
    sender.ifPresent(
        field ->
            filled.put(
                field.getName(),
                proposes ? SignerFields.governance() : SignerFields.text(field, signer.address())));
    DynamicMessage message = fields.read(filled, options.keyring());
    return new TxSender(spec, options, ChainTypes.of(types))
        .send(signer, proposes ? proposal.proposal(signer.address(), message) : message);
  }
}
