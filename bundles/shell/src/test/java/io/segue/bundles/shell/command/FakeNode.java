package io.segue.bundles.shell.command;

import io.segue.kernel.api.node.CheckReport;
import io.segue.kernel.api.node.Node;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A node that says what a test wants. */
final class FakeNode implements Node {
  Status status =
      new Status(
          "test-1",
          "IDLE",
          101,
          "ab".repeat(32),
          "genesis",
          "cd".repeat(32),
          1,
          4711,
          3_723_000,
          Optional.empty());
  Optional<UpgradeStatus> upgrade = Optional.empty();
  List<GenerationStatus> generations = List.of();
  Optional<String> refusal = Optional.empty();
  CheckReport report = new CheckReport("11".repeat(32), List.of(), List.of(), Optional.empty());
  final List<Path> deployed = new ArrayList<>();

  @Override
  public Status status() {
    return status;
  }

  @Override
  public Optional<UpgradeStatus> upgrade() {
    return upgrade;
  }

  @Override
  public List<GenerationStatus> generations() {
    return generations;
  }

  @Override
  public Deployed deploy(Path artifact) throws DeployException {
    if (refusal.isPresent()) {
      throw new DeployException(refusal.get());
    }
    deployed.add(artifact);
    return new Deployed(
        "v2", "11".repeat(32), "22".repeat(32), List.of("io.segue.bundles.bank 2.0.0"));
  }

  @Override
  public CheckReport check(Path artifact) throws DeployException {
    if (refusal.isPresent()) {
      throw new DeployException(refusal.get());
    }
    return report;
  }
}
