package io.segue.kernel.core.node;

import io.segue.kernel.api.node.CheckReport;
import io.segue.kernel.api.node.Node;
import io.segue.kernel.api.store.StateStore;
import io.segue.kernel.core.block.BlockLoop;
import io.segue.kernel.core.block.Chain;
import io.segue.kernel.core.generation.Generation;
import io.segue.kernel.core.generation.GenerationException;
import io.segue.kernel.core.generation.GenerationManifest;
import io.segue.kernel.core.generation.Generations;
import io.segue.kernel.core.upgrade.Preparation;
import io.segue.kernel.core.upgrade.UpgradeLife;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What a node says about itself, and deployment by hand. Thread safety: any thread. */
final class KernelNode implements Node {
  private final StateStore store;
  private final Chain chain;
  private final Generations generations;
  private final BlockLoop loop;
  private final UpgradeLife life;
  private final Preparation preparation;
  private final long startNs = System.nanoTime();

  KernelNode(
      StateStore store,
      Chain chain,
      Generations generations,
      BlockLoop loop,
      UpgradeLife life,
      Preparation preparation) {
    this.store = store;
    this.chain = chain;
    this.generations = generations;
    this.loop = loop;
    this.life = life;
    this.preparation = preparation;
  }

  @Override
  public Status status() {
    Generation current = chain.current();
    return new Status(
        chain.facts().chainId(),
        loop.state().name(),
        Math.max(0, store.height()),
        chain.appHash(store.height()),
        current.name(),
        current.digest(),
        chain.facts().appVersion(),
        ProcessHandle.current().pid(),
        (System.nanoTime() - startNs) / 1_000_000,
        loop.heldFor());
  }

  @Override
  public Optional<UpgradeStatus> upgrade() {
    return life.status();
  }

  @Override
  public List<GenerationStatus> generations() {
    return generations.status();
  }

  @Override
  public CheckReport check(Path artifact) throws DeployException {
    requireFile(artifact);
    try {
      return preparation.check(artifact, chain::done);
    } catch (GenerationException e) {
      throw new DeployException(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new DeployException(artifact + " can't be read: " + e + "; check the file");
    }
  }

  @Override
  public Deployed deploy(Path artifact) throws DeployException {
    requireFile(artifact);
    try {
      Preparation.Ready ready = preparation.deploy(artifact, chain.pendingPlan(), chain::done);
      Generation generation = ready.generation();
      life.offer(ready);
      loop.wake();
      return new Deployed(
          generation.name(),
          ready.sha256(),
          generation.digest(),
          generation.manifest().lines().stream().map(GenerationManifest.Line::toString).toList());
    } catch (GenerationException e) {
      throw new DeployException(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new DeployException(
          artifact + " can't be read or kept: " + e + "; check the file and the disk");
    }
  }

  private static void requireFile(Path artifact) throws DeployException {
    if (!Files.isRegularFile(artifact)) {
      throw new DeployException(
          artifact + " is no file; name a bundle (.jar) or an archive of bundles (.zip)");
    }
  }
}
