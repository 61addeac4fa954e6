package io.segue.bundles.cli.tx;

import com.google.protobuf.Message;
import io.segue.bundles.cli.chain.SignerFields;
import io.segue.bundles.cli.console.HelpOption;
import io.segue.bundles.sdk.proto.upgrade.MsgCancelUpgrade;
import io.segue.bundles.sdk.proto.upgrade.MsgSoftwareUpgrade;
import io.segue.bundles.sdk.proto.upgrade.Plan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code segue tx upgrade}: proposals about upgrades. */
@Command(
    name = "upgrade",
    description = "Proposes an upgrade, or to cancel one.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
final class UpgradeTx implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing command");
  }

  @Command(
      name = "software-upgrade",
      description = "Submits a proposal to upgrade the chain at a height.")
  int softwareUpgrade(
      @Mixin HelpOption help,
      @Mixin TxOptions options,
      @Mixin FromOption from,
      @Mixin ProposalOptions proposal,
      @Parameters(paramLabel = "NAME", description = "The plan's name, as v2.") String name,
      @Option(
              names = "--upgrade-height",
              paramLabel = "H",
              required = true,
              description = "The first height that the new code executes.")
          long height,
      @Option(
              names = "--upgrade-info",
              paramLabel = "INFO",
              defaultValue = "",
              description =
                  "JSON that names the artifact, or the URL of such JSON; empty: operators deploy"
                      + " by hand.")
          String info,
      @Option(
              names = "--no-validate",
              description = "Does not fetch what the info names before proposing it.")
          boolean noValidate,
      @Option(
              names = "--no-checksum-required",
              description = "Lets URLs without a checksum pass; nodes may still refuse them.")
          boolean noChecksumRequired) {
    if (!noValidate) {
      new PlanSource(!noChecksumRequired).check(info);
    }
    Sender sender = from.sender(options);
    MsgSoftwareUpgrade message =
        MsgSoftwareUpgrade.newBuilder()
            .setAuthority(SignerFields.governance())
            .setPlan(Plan.newBuilder().setName(name).setHeight(height).setInfo(info))
            .build();
    return send("software-upgrade", options, sender, proposal, message);
  }

  @Command(
      name = "cancel-software-upgrade",
      description = "Submits a proposal to cancel the pending plan.")
  int cancelSoftwareUpgrade(
      @Mixin HelpOption help,
      @Mixin TxOptions options,
      @Mixin FromOption from,
      @Mixin ProposalOptions proposal) {
    Sender sender = from.sender(options);
    MsgCancelUpgrade message =
        MsgCancelUpgrade.newBuilder().setAuthority(SignerFields.governance()).build();
    return send("cancel-software-upgrade", options, sender, proposal, message);
  }

  private int send(
      String command, TxOptions options, Sender sender, ProposalOptions proposal, Message message) {
    return new TxSender(spec.subcommands().get(command).getCommandSpec(), options)
        .send(sender, proposal.proposal(sender.address(), message));
  }
}
