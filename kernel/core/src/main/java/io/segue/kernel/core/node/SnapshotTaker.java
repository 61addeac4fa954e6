package io.segue.kernel.core.node;

import io.segue.kernel.api.node.FailureText;
import io.segue.kernel.api.node.HoldingPart;
import io.segue.kernel.api.node.NodeHold;
import io.segue.kernel.api.store.StateStore;
import io.segue.kernel.api.store.StateView;
import io.segue.kernel.core.block.ChainFacts;
import io.segue.kernel.core.block.ChainOperations;
import io.segue.kernel.core.content.ContentStore;
import io.segue.kernel.core.exec.ConsensusParamsText;
import io.segue.kernel.core.hold.Hold;
import io.segue.kernel.core.hold.HoldReason;
import io.segue.kernel.core.snapshot.SnapshotFolder;
import io.segue.kernel.core.snapshot.SnapshotMetadata;
import io.segue.kernel.core.snapshot.SnapshotWriter;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes snapshots of committed heights beside the blocks. The block thread only opens a view of the
 * height, which stays readable through it until the snapshot is written; while one is being written
 * one more may wait, and others are left out. What fails harms no block: the height has no snapshot
 * here, and the next one is tried.
 *
 * <p>Thread safety: {@link #committed} on the block thread, the rest on any.
 */
final class SnapshotTaker implements HoldingPart {
  private static final Logger LOG = LoggerFactory.getLogger(SnapshotTaker.class);
  private static final String PART = "snapshots";

  /** One is being written, and one waits. */
  private static final int MOST_OPEN = 2;

  private final StateStore store;
  private final ChainOperations chain;
  private final ContentStore contents;
  private final SnapshotFolder folder;
  private final Supplier<SnapshotSettings> settings;
  private final Executor executor;
  private final AtomicInteger open = new AtomicInteger();
  private volatile @Nullable Hold hold;

  /**
   * @param executor writes; one at a time
   */
  SnapshotTaker(
      StateStore store,
      ChainOperations chain,
      ContentStore contents,
      SnapshotFolder folder,
      Supplier<SnapshotSettings> settings,
      Executor executor) {
    this.store = store;
    this.chain = chain;
    this.contents = contents;
    this.folder = folder;
    this.settings = settings;
    this.executor = executor;
  }

  /** A height is committed and visible. */
  void committed(long height) {
    SnapshotSettings now = settings.get();
    if (!now.due(height)) {
      return;
    }
    if (open.get() == MOST_OPEN) {
      LOG.info(
          "No snapshot is made of height {}: those before are still being written; raise"
              + " snapshot-interval where this goes on",
          height);
      return;
    }
    open.incrementAndGet();
    StateView view = null;
    try {
      view = store.view(height);
      StateView pinned = view;
      ChainFacts facts = chain.facts();
      executor.execute(() -> take(pinned, facts, now.keepRecent()));
    } catch (RejectedExecutionException e) {
      LOG.debug("the node stops");
      ended(view);
    } catch (RuntimeException | Error e) {
      ended(view);
      failed(height, e);
    }
  }

  /** The oldest height that blocks are wanted behind: who takes a snapshot fetches them. */
  Optional<Long> oldest() {
    return folder.oldest();
  }

  @Override
  public Optional<NodeHold> hold() {
    return Optional.ofNullable(hold)
        .map(why -> new NodeHold(PART, why.reason().name(), why.message(), why.nextStep(), false));
  }

  /** The next height that is due is tried anyway. */
  @Override
  public void retry() {}

  private void take(StateView view, ChainFacts facts, int keepRecent) {
    long height = view.height();
    long startNs = System.nanoTime();
    try {
      Optional<List<GenerationSchedule.Entry>> ran = GenerationSchedule.bound(view);
      if (ran.isEmpty()) {
        LOG.warn(
            "No snapshot is made of height {}: the chain binds no bundles of its first generation,"
                + " so nobody could check them; set snapshot-interval = 0",
            height);
        return;
      }
      Path incoming = folder.incoming("made");
      boolean published = false;
      try {
        byte[] metadata = write(incoming, view, facts, ran.get());
        SnapshotMetadata made = folder.publish(incoming, height, metadata);
        published = true;
        hold = null;
        LOG.info(
            "Snapshot of height {}: {} bytes in {} chunks, hash {}, after {} ms",
            height,
            made.size(),
            made.chunks(),
            HexFormat.of().formatHex(made.hash()),
            (System.nanoTime() - startNs) / 1_000_000);
        folder.keep(keepRecent);
      } finally {
        if (!published) {
          SnapshotFolder.delete(incoming);
        }
      }
    } catch (InterruptedIOException e) {
      LOG.info("The snapshot of height {} is left: {}", height, e.getMessage());
    } catch (Exception | Error e) {
      failed(height, e);
    } finally {
      ended(view);
    }
  }

  private byte[] write(
      Path incoming, StateView view, ChainFacts facts, List<GenerationSchedule.Entry> ran)
      throws Exception {
    try (FileChannel channel =
            FileChannel.open(
                SnapshotFolder.chunks(incoming),
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.WRITE);
        OutputStream out = Channels.newOutputStream(channel)) {
      byte[] metadata =
          new SnapshotWriter(folder.limits())
              .write(
                  view,
                  facts.time(),
                  ConsensusParamsText.write(facts.params()),
                  ran.stream().map(GenerationSchedule.Entry::digest).toList(),
                  contents,
                  out);
      channel.force(true);
      return metadata;
    }
  }

  private void ended(@Nullable StateView view) {
    try {
      if (view != null) {
        view.close();
      }
    } finally {
      open.decrementAndGet();
    }
  }

  private void failed(long height, Throwable e) {
    Hold why = Hold.ofStep(e, HoldReason.STORAGE, "no snapshot could be made of height " + height);
    hold = why;
    LOG.warn("{}. Next: {}", why.message(), why.nextStep());
    LOG.debug("{}", FailureText.of(e), e);
  }
}
