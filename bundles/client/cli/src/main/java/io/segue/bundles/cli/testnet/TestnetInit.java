package io.segue.bundles.cli.testnet;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.cli.console.Output;
import io.segue.bundles.cli.console.OwnerFiles;
import io.segue.bundles.cli.home.Home;
import io.segue.bundles.cli.init.ChainOptions;
import io.segue.bundles.cli.init.NewHome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code segue testnet init}. */
@Command(
    name = "init",
    description = {
      "Makes the homes of a network's validators: node0, node1 and so on, all of one genesis.",
      "Each has an address of the loopback of its own, 127.0.0.1 and those after it, and there the"
          + " usual ports. Keys that --account names are those of node0 (segue keys --home"
          + " FOLDER/node0)."
    },
    mixinStandardHelpOptions = true)
final class TestnetInit implements Runnable {
  static final int MAX_VALIDATORS = 16;

  private static final Pattern LOOPBACK =
      Pattern.compile("(127\\.\\d{1,3}\\.\\d{1,3}\\.)(\\d{1,3})");
  private static final int LAST_ADDRESS = 254;

  @Spec private CommandSpec spec;
  @Mixin private Home home;
  @Mixin private ChainOptions chain;
  @Mixin private Output output;

  @Option(
      names = "--validators",
      paramLabel = "N",
      description = "How many, 1 to " + MAX_VALIDATORS + ". Default: ${DEFAULT-VALUE}.")
  private int validators = 4;

  @Option(
      names = "--first-address",
      paramLabel = "ADDRESS",
      description =
          "Address of node0, for a network beside another one: 127.0.1.1. Default:"
              + " ${DEFAULT-VALUE}.")
  private String firstAddress = "127.0.0.1";

  @Option(
      names = "--block-interval",
      paramLabel = "DURATION",
      description = "Pause between blocks: 500ms, 1s. Default: ${DEFAULT-VALUE}.")
  private String blockInterval = "1s";

  @Option(
      names = "--cometbft",
      paramLabel = "PROGRAM",
      description =
          "CometBFT's program. Default: $" + CometBft.VARIABLE + ", else the one on the PATH.")
  private Path cometBft = Path.of("");

  @Option(
      names = "--install-cometbft",
      description = "Builds it into FOLDER/bin: go install " + CometBft.MODULE + ".")
  private boolean installs;

  @Override
  public void run() {
    NewNetwork network =
        new NewNetwork(
            home, hosts(firstAddress, validators), ChainOptions.duration(blockInterval), program());
    NewHome first = chain.newHome(network.home(0), spec.commandLine().getErr());
    List<NewHome> others = new ArrayList<>();
    for (int i = 1; i < validators; i++) {
      others.add(chain.another(network.home(i)));
    }
    network.make(first, others);
    print(network);
  }

  private Path program() {
    if (installs) {
      OwnerFiles.makeFolder(home.folder());
      return CometBft.install(home.folder().resolve("bin"));
    }
    return cometBft.toString().isEmpty() ? CometBft.find() : CometBft.require(cometBft);
  }

  private void print(NewNetwork network) {
    ObjectNode result = Output.object();
    result.put("chainId", chain.chainId());
    ArrayNode nodes = result.putArray("validators");
    for (int i = 0; i < validators; i++) {
      nodes.addObject().put("home", network.home(i).folder().toString()).put("rpc", network.rpc(i));
    }
    result.put("next", "segue testnet start --home " + home.folder());
    output.print(spec.commandLine().getOut(), result);
  }

  /** Addresses of the validators: the first and those after it. */
  static List<String> hosts(String first, int count) {
    if (count < 1 || count > MAX_VALIDATORS) {
      throw new CliException(
          "--validators " + count + " is refused: write a number from 1 to " + MAX_VALIDATORS);
    }
    Matcher address = LOOPBACK.matcher(first);
    int number = address.matches() ? Integer.parseInt(address.group(2)) : 0;
    if (number < 1 || number + count - 1 > LAST_ADDRESS) {
      throw new CliException(
          "--first-address "
              + first
              + " is refused: write an address of the loopback, as 127.0.0.1, that has "
              + count
              + " up to 254");
    }
    List<String> hosts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      hosts.add(address.group(1) + (number + i));
    }
    return hosts;
  }
}
