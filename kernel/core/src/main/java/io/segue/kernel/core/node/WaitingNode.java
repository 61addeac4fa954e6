package io.segue.kernel.core.node;

import io.segue.kernel.admission.Verdict;
import io.segue.kernel.admission.artifact.ArtifactLimits;
import io.segue.kernel.admission.artifact.ArtifactSource;
import io.segue.kernel.admission.artifact.Content;
import io.segue.kernel.api.node.CheckReport;
import io.segue.kernel.api.node.FailureText;
import io.segue.kernel.api.node.Node;
import io.segue.kernel.api.node.NodeHold;
import io.segue.kernel.api.node.NodeState;
import io.segue.kernel.api.node.StateInspection;
import io.segue.kernel.api.store.StateStore;
import io.segue.kernel.core.assembly.GenerationAssembler;
import io.segue.kernel.core.block.ChainFacts;
import io.segue.kernel.core.content.ContentStore;
import io.segue.kernel.core.hold.GenerationException;
import io.segue.kernel.core.hold.Hold;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A node whose kernel could not be opened, most often because the code of its state is missing. It
 * holds: it tells why, takes the artifact of a generation that the chain ran, and has the kernel
 * opened again.
 *
 * <p>Thread safety: any thread.
 */
public final class WaitingNode implements Node {
  private final Kernel.Parts parts;
  private final StateStore store;
  private final Reopen reopen;
  private final long startNs = System.nanoTime();
  private final Object deployment = new Object();
  private volatile Hold hold;
  private @Nullable ContentStore contents;

  /** Opens the kernel again. */
  @FunctionalInterface
  public interface Reopen {
    /** Why it still does not open; empty where it runs from now on. */
    Optional<Hold> open();
  }

  /**
   * @param hold why the kernel was not opened
   */
  public WaitingNode(Kernel.Parts parts, Hold hold, Reopen reopen) {
    this.parts = parts;
    this.store = parts.store();
    this.hold = hold;
    this.reopen = reopen;
  }

  /** Tries to open the kernel where what it failed for may pass by itself, such as a full disk. */
  public void tryAgain() {
    if (hold.reason().passing()) {
      reopen();
    }
  }

  /** An opening removes what is half written, so that none may come into a deployment's way. */
  private Optional<Hold> reopen() {
    synchronized (deployment) {
      Optional<Hold> still = reopen.open();
      still.ifPresent(why -> hold = why);
      return still;
    }
  }

  @Override
  public List<NodeHold> holds() {
    return List.of(hold.as("kernel"));
  }

  @Override
  public Status status() {
    long height = store.height();
    List<GenerationSchedule.Entry> all = schedule().all();
    Optional<GenerationSchedule.Entry> last =
        all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    return new Status(
        facts().chainId(),
        NodeState.HELD,
        Math.max(0, height),
        height < 0 ? "" : HexFormat.of().formatHex(store.appHash(height)),
        last.map(GenerationSchedule.Entry::name).orElse(""),
        last.map(GenerationSchedule.Entry::digest).orElse(""),
        0,
        ProcessHandle.current().pid(),
        (System.nanoTime() - startNs) / 1_000_000,
        Optional.of(reason(hold)));
  }

  @Override
  public Deployed deploy(Path artifact, DeployOptions options) throws DeployException {
    synchronized (deployment) {
      Deployed deployed = keep(artifact);
      reopen();
      return deployed;
    }
  }

  private Deployed keep(Path artifact) throws DeployException {
    try {
      ContentStore contents = contents();
      GenerationAssembler assembler =
          new GenerationAssembler(parts.bundles(), contents, parts.crypto());
      Content content = contents.take(artifact, ArtifactLimits.DEFAULT.artifactBytes());
      Verdict verdict = assembler.ranVerdict(ArtifactSource.archive(content));
      return new PastArtifacts(assembler, () -> schedule().all())
          .take(artifact, verdict)
          .orElseThrow(
              () ->
                  new DeployException(
                      artifact + " is of a plan that this chain did not run. " + reason(hold)));
    } catch (GenerationException | IOException e) {
      throw new DeployException(artifact + " is not deployed: " + FailureText.of(e));
    }
  }

  @Override
  public void retry() throws DeployException {
    Optional<Hold> still = reopen();
    if (still.isPresent()) {
      throw new DeployException("the node still holds: " + reason(still.get()));
    }
  }

  @Override
  public Optional<UpgradeStatus> upgrade() {
    return Optional.empty();
  }

  @Override
  public List<GenerationStatus> generations() {
    return List.of();
  }

  @Override
  public List<PastUpgrade> history() {
    return List.of();
  }

  @Override
  public void cancelPrepared(String name) throws DeployException {
    throw new DeployException("nothing is prepared while the node holds: " + reason(hold));
  }

  @Override
  public CheckReport check(Path artifact) throws DeployException {
    throw new DeployException("nothing can be checked while the node holds: " + reason(hold));
  }

  @Override
  public List<StoreStatus> stores(long height) {
    return state().stores(height);
  }

  @Override
  public List<StoreCheck> verifyStores(long height, VerifyProgress progress) {
    return state().verifyStores(height, progress);
  }

  @Override
  public void checkpoint(Path directory) throws IOException {
    new StoredState(store, contents()).checkpoint(directory);
  }

  private StateInspection state() {
    try {
      return new StoredState(store, contents());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Opened when it is used: it may be what can't be read. */
  private synchronized ContentStore contents() throws IOException {
    ContentStore open = contents;
    if (open == null) {
      open = ContentStore.open(parts.home().resolve("data").resolve("artifacts"));
      contents = open;
    }
    return open;
  }

  private GenerationSchedule schedule() {
    return new GenerationSchedule(store, facts().genesisGeneration(), false);
  }

  private ChainFacts facts() {
    return ChainFacts.read(store.metadata());
  }

  private static String reason(Hold hold) {
    return hold.message() + ". Next: " + hold.nextStep();
  }
}
