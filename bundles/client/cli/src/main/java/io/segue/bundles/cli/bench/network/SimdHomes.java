package io.segue.bundles.cli.bench.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.segue.bundles.cli.bench.measure.BenchNode;
import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.cli.console.Output;
import io.segue.bundles.cli.home.Home;
import io.segue.bundles.cli.keyring.GeneratedAccounts;
import io.segue.bundles.cli.testnet.CometBft;
import io.segue.bundles.nodes.ConsoleLog;
import io.segue.bundles.sdk.Addresses;
import io.segue.kernel.api.node.FailureText;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.IntStream;

/**
 * Homes of validators of the Cosmos SDK's own application {@code simd}, made by its own commands;
 * the generated accounts are put into the genesis that they write.
 */
final class SimdHomes {
  private static final String DENOM = "stake";
  private static final BigInteger STAKE = BigInteger.valueOf(1_000_000_000);

  private final Path program;
  private final Path folder;
  private final List<String> hosts;
  private final List<Home> homes;

  /**
   * Homes that are not yet made.
   *
   * @param hosts addresses of the validators
   */
  SimdHomes(Path program, Path folder, List<String> hosts) {
    this.program = program;
    this.folder = folder;
    this.hosts = List.copyOf(hosts);
    this.homes =
        IntStream.range(0, hosts.size())
            .mapToObj(i -> Home.at(folder.resolve("node" + i)))
            .toList();
  }

  /** Makes them. */
  void make(int accounts, Duration blockInterval) {
    List<String> operators = new ArrayList<>();
    for (int i = 0; i < homes.size(); i++) {
      run(i, "init", "node" + i, "--chain-id", BenchNode.CHAIN_ID);
      run(i, "keys", "add", "validator", "--keyring-backend", "test");
      operators.add(run(i, "keys", "show", "validator", "-a", "--keyring-backend", "test"));
    }
    for (String operator : operators) {
      run(0, "genesis", "add-genesis-account", operator, STAKE.add(STAKE) + DENOM);
    }
    for (int i = 0; i < homes.size(); i++) {
      copyGenesis(i);
      makeGentx(i);
    }
    run(0, "genesis", "collect-gentxs");
    fund(operators.size(), accounts);
    for (int i = 0; i < homes.size(); i++) {
      copyGenesis(i);
      configure(i, blockInterval);
    }
  }

  /** A validator's delegation to itself, which the first home collects. */
  private void makeGentx(int validator) {
    Path gentx = folder.resolve("gentx" + validator + ".json");
    run(
        validator,
        "genesis",
        "gentx",
        "validator",
        STAKE + DENOM,
        "--keyring-backend",
        "test",
        "--chain-id",
        BenchNode.CHAIN_ID,
        "--output-document",
        gentx.toString());
    copy(gentx, homes.get(0).config("gentx").resolve(gentx.getFileName()));
  }

  private void fund(int firstNumber, int accounts) {
    Path genesis = homes.get(0).config("genesis.json");
    try {
      JsonNode json = Output.JSON.readTree(genesis.toFile());
      ArrayNode list = (ArrayNode) json.at("/app_state/auth/accounts");
      ArrayNode balances = (ArrayNode) json.at("/app_state/bank/balances");
      Addresses addresses = new Addresses(Addresses.DEFAULT_PREFIX);
      BigInteger amount = BenchNode.FUNDS.amountOf(DENOM);
      for (int i = 0; i < accounts; i++) {
        String address = GeneratedAccounts.key(i).address(addresses);
        list.addObject()
            .put("@type", "/cosmos.auth.v1beta1.BaseAccount")
            .put("address", address)
            .put("account_number", Integer.toString(firstNumber + i))
            .put("sequence", "0");
        balances.addObject().put("address", address).putArray("coins").add(coin(amount));
      }
      ObjectNode supply = (ObjectNode) json.at("/app_state/bank/supply/0");
      BigInteger before = new BigInteger(supply.path("amount").asText());
      supply.setAll(coin(before.add(amount.multiply(BigInteger.valueOf(accounts)))));
      Output.JSON.writeValue(genesis.toFile(), json);
    } catch (IOException e) {
      throw new CliException(genesis + " can't be completed: " + FailureText.of(e), e);
    }
  }

  private static ObjectNode coin(BigInteger amount) {
    return Output.object().put("denom", DENOM).put("amount", amount.toString());
  }

  /** What differs from the defaults, as in the network of Segue's that is measured beside. */
  private void configure(int validator, Duration blockInterval) {
    Path file = homes.get(validator).config("config.toml");
    StringJoiner peers = new StringJoiner(",");
    for (int i = 0; i < hosts.size(); i++) {
      if (i != validator) {
        peers.add(CometBft.peer(homes.get(i), hosts.get(i)));
      }
    }
    try {
      String text =
          Files.readString(file)
              .replace("addr_book_strict = true", "addr_book_strict = false")
              .replace("allow_duplicate_ip = false", "allow_duplicate_ip = true")
              .replaceAll(
                  "timeout_commit = \"[^\"]*\"",
                  "timeout_commit = \"" + blockInterval.toMillis() + "ms\"")
              .replaceAll("persistent_peers = \"[^\"]*\"", "persistent_peers = \"" + peers + "\"");
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new CliException(file + " can't be changed: " + FailureText.of(e), e);
    }
  }

  /** Where a validator writes. */
  Path console(int validator) {
    return folder.resolve("node" + validator + ".log");
  }

  /** A command of a home, whose errors go to {@link #console}. */
  ProcessBuilder command(int validator, String... words) {
    List<String> command = new ArrayList<>(List.of(program.toAbsolutePath().toString()));
    command.addAll(List.of(words));
    command.addAll(List.of("--home", homes.get(validator).folder().toString()));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(console(validator).toFile()));
    // It makes a temporary folder at each start, and leaves it.
    builder.environment().put("TMPDIR", folder.toString());
    return builder;
  }

  /** Runs a command of a home to its end; what it prints, without blanks around it. */
  private String run(int validator, String... words) {
    try {
      Process process = command(validator, words).start();
      process.getOutputStream().close();
      String printed =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (process.waitFor() != 0) {
        String line = program + " " + String.join(" ", words);
        throw new CliException(
            line + " ends with an error:\n" + ConsoleLog.lastLines(console(validator)));
      }
      return printed;
    } catch (IOException e) {
      throw new CliException(program + " can't be run: " + FailureText.of(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CliException("interrupted", e);
    }
  }

  private void copyGenesis(int to) {
    if (to > 0) {
      copy(homes.get(0).config("genesis.json"), homes.get(to).config("genesis.json"));
    }
  }

  private static void copy(Path from, Path to) {
    try {
      Files.createDirectories(to.getParent());
      Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new CliException(from + " can't be copied: " + FailureText.of(e), e);
    }
  }
}
