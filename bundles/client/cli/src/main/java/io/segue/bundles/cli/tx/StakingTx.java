package io.segue.bundles.cli.tx;

import io.segue.bundles.cli.console.HelpOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code segue tx staking}: what the descriptors of the node's module alone would make hard. */
@Command(
    name = "staking",
    description = "Validators and what is delegated to them.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
final class StakingTx implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing command");
  }

  @Command(
      name = "create-validator",
      description = {
        "Offers to validate, with the operator's own first delegation.",
        "",
        "FILE is that of simd, JSON with pubkey, amount, moniker, identity, website, security,"
            + " details, commission-rate, commission-max-rate, commission-max-change-rate and"
            + " min-self-delegation; options of these names stand for its members. Without a pubkey"
            + " it is the key in config/priv_validator_key.json of this home."
      })
  int createValidator(
      @Mixin HelpOption help,
      @Mixin TxOptions options,
      @Mixin FromOption from,
      @Mixin ValidatorOptions validator,
      @Parameters(paramLabel = "FILE", arity = "0..1", description = "As simd has it.")
          @Nullable Path file) {
    Sender sender = from.sender(options);
    return new TxSender(spec.subcommands().get("create-validator").getCommandSpec(), options)
        .send(sender, validator.message(file, sender.address(), options.home));
  }
}
