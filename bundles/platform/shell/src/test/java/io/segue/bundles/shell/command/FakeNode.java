package io.segue.bundles.shell.command;

import io.segue.kernel.api.node.CheckReport;
import io.segue.kernel.api.node.Node;
import io.segue.kernel.api.node.NodeHold;
import io.segue.kernel.api.node.NodeState;
import io.segue.kernel.api.store.HeightUnavailableException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A node that says what a test wants. */
public final class FakeNode implements Node {
  public List<NodeHold> holds = List.of();
  public Status status =
      new Status(
          "test-1",
          NodeState.RUNNING,
          101,
          "ab".repeat(32),
          "genesis",
          "cd".repeat(32),
          1,
          4711,
          3_723_000,
          Optional.empty());
  public Optional<UpgradeStatus> upgrade = Optional.empty();
  public List<GenerationStatus> generations = List.of();
  public Optional<String> refusal = Optional.empty();
  public List<PastUpgrade> history = List.of();
  public CheckReport report =
      new CheckReport("11".repeat(32), List.of(), List.of(), Optional.empty());
  public final List<Path> deployed = new ArrayList<>();
  public final List<Path> checked = new ArrayList<>();
  public final List<String> insteadOf = new ArrayList<>();
  public final List<String> cancelled = new ArrayList<>();
  public int retries;
  public long asked;
  public List<SlowStep> slow = List.of();
  public List<StoreStatus> stores = List.of();
  public List<StoreCheck> checks = List.of();
  public List<SnapshotStatus> snapshots = List.of();
  public final List<Path> checkpoints = new ArrayList<>();

  @Override
  public List<NodeHold> holds() {
    return holds;
  }

  @Override
  public Status status() {
    return status;
  }

  @Override
  public List<SlowStep> slowSteps() {
    return slow;
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
  public Deployed deploy(Path artifact, DeployOptions options) throws DeployException {
    refuseIfAsked();
    options.insteadOf().ifPresent(insteadOf::add);
    deployed.add(artifact);
    return new Deployed(
        "v2", "11".repeat(32), "22".repeat(32), List.of("io.segue.bundles.bank 2.0.0"));
  }

  @Override
  public void retry() throws DeployException {
    refuseIfAsked();
    retries++;
  }

  @Override
  public void cancelPrepared(String name) throws DeployException {
    refuseIfAsked();
    cancelled.add(name);
  }

  @Override
  public List<PastUpgrade> history() {
    return history;
  }

  @Override
  public List<StoreStatus> stores(long height) {
    refuseFuture(height);
    return stores;
  }

  @Override
  public List<SnapshotStatus> snapshots() {
    return snapshots;
  }

  @Override
  public List<StoreCheck> verifyStores(long height, VerifyProgress progress) {
    refuseFuture(height);
    for (long read = 0; read <= 40; read++) {
      progress.at("bank", read, 40);
    }
    return checks;
  }

  @Override
  public CheckReport check(Path artifact) throws DeployException {
    refuseIfAsked();
    checked.add(artifact);
    return report;
  }

  @Override
  public void checkpoint(Path directory) throws IOException {
    if (refusal.isPresent()) {
      throw new IOException(refusal.get());
    }
    checkpoints.add(directory);
  }

  private void refuseFuture(long height) {
    asked = height;
    if (height > status.height()) {
      throw new HeightUnavailableException(height, 1, status.height());
    }
  }

  private void refuseIfAsked() throws DeployException {
    if (refusal.isPresent()) {
      throw new DeployException(refusal.get());
    }
  }
}
