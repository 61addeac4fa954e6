package io.segue.bundles.cli.init;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.cli.console.Output;
import io.segue.bundles.cli.home.Home;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code segue init}: makes a node's home with a chain of one validator. */
@Command(
    name = "init",
    description = {
      "Makes a node's home: keys, genesis and settings of a chain of one validator.",
      "With --from-genesis the chain goes on from a state that segue export wrote."
    },
    mixinStandardHelpOptions = true)
public final class InitCommand implements Runnable {
  @Spec CommandSpec spec;
  @Mixin Home home;
  @Mixin ChainOptions chain;
  @Mixin Output output;

  @Option(
      names = "--moniker",
      paramLabel = "NAME",
      description = "The node's name. Default: ${DEFAULT-VALUE}.")
  private String moniker = "node";

  @Option(
      names = "--block-interval",
      paramLabel = "DURATION",
      description = "Pause between blocks: 500ms, 1s. Default: that of etc/.")
  private String blockInterval = "";

  @Option(
      names = "--rpc-port",
      paramLabel = "PORT",
      description =
          "Port of the JSON-RPC, or of CometBFT's, for a node beside others: each other server then"
              + " takes a free port, and logs which. Default: those of etc/.")
  private int rpcPort = -1;

  @Option(
      names = "--engine",
      paramLabel = "ENGINE",
      description =
          "Who makes blocks: solo, the node itself; or comet, a CometBFT that you run beside it on"
              + " the same home (cometbft start --home HOME). Default: ${DEFAULT-VALUE}.")
  private EngineKind engine = EngineKind.solo;

  @Option(
      names = "--from-genesis",
      paramLabel = "FILE",
      description = "Goes on from this genesis; accounts, stake and governance are in it.")
  private Path fromGenesis = Path.of("");

  @Option(
      names = "--from-home",
      paramLabel = "FOLDER",
      description = "With --from-genesis: takes keys, settings and bundles of this node's home.")
  private Path fromHome = Path.of("");

  @Override
  public void run() {
    if (given("--from-genesis")) {
      goOn();
    } else if (given("--from-home")) {
      throw new CliException("--from-home needs --from-genesis FILE; make one with segue export");
    } else {
      begin();
    }
  }

  private boolean given(String option) {
    return spec.commandLine().getParseResult().hasMatchedOption(option);
  }

  private void goOn() {
    for (String option :
        List.of("--account", "--validator-stake", "--voting-period", "--min-deposit")) {
      if (given(option)) {
        throw new CliException(
            option
                + " is refused: with --from-genesis it is in "
                + fromGenesis
                + "; edit that file");
      }
    }
    ImportedGenesis genesis = new ImportedGenesis(fromGenesis);
    String id = given("--chain-id") ? chain.chainId() : genesis.chainId();
    NewHome newHome = new NewHome(home, id);
    newHome.importing(
        genesis, given("--from-home") ? Optional.of(Home.at(fromHome)) : Optional.empty());
    settings(newHome);
    newHome.make();
    print(id, "");
  }

  private void begin() {
    NewHome newHome = chain.newHome(home, spec.commandLine().getErr()).moniker(moniker);
    settings(newHome);
    print(chain.chainId(), newHome.make());
  }

  private void settings(NewHome newHome) {
    newHome.engine(engine);
    newHome.set("io.segue.consensus.solo", "moniker", moniker);
    if (!blockInterval.isEmpty()) {
      String intervalMs = Long.toString(ChainOptions.duration(blockInterval).toMillis());
      newHome.set("io.segue.consensus.solo", "blockIntervalMs", intervalMs);
    }
    if (rpcPort >= 0) {
      newHome.besideOthers(rpcPort);
    }
  }

  private void print(String id, String operator) {
    ObjectNode result = Output.object();
    result.put("home", home.folder().toString());
    result.put("chainId", id);
    if (!operator.isEmpty()) {
      result.put("operator", operator);
    }
    result.put("next", "segue start --home " + home.folder());
    if (engine == EngineKind.comet) {
      result.put("andThen", "cometbft start --home " + home.folder() + rpcAddress());
    }
    output.print(spec.commandLine().getOut(), result);
  }

  /** What tells CometBFT the port; empty where it is its own. */
  private String rpcAddress() {
    return rpcPort < 0 ? "" : " --rpc.laddr tcp://127.0.0.1:" + rpcPort;
  }
}
