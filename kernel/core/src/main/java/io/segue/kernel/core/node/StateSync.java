package io.segue.kernel.core.node;

import io.segue.kernel.api.abci.Abci.ApplySnapshotChunkRequest;
import io.segue.kernel.api.abci.Abci.ApplySnapshotChunkResponse;
import io.segue.kernel.api.abci.Abci.ApplySnapshotChunkResult;
import io.segue.kernel.api.abci.Abci.OfferSnapshotRequest;
import io.segue.kernel.api.abci.Abci.OfferSnapshotResult;
import io.segue.kernel.api.abci.Abci.Snapshot;
import io.segue.kernel.api.node.FailureText;
import io.segue.kernel.api.node.HoldingPart;
import io.segue.kernel.api.node.NodeHold;
import io.segue.kernel.api.store.StateStore;
import io.segue.kernel.core.block.BlockLoop;
import io.segue.kernel.core.hold.GenerationException;
import io.segue.kernel.core.hold.Hold;
import io.segue.kernel.core.hold.HoldReason;
import io.segue.kernel.core.snapshot.SnapshotException;
import io.segue.kernel.core.snapshot.SnapshotFolder;
import io.segue.kernel.core.snapshot.SnapshotMetadata;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the first state of this node from a peer's snapshot. Chunks are checked by their hashes as
 * they come and put into a file; behind the last one {@link StateRestore} reads it on the block
 * thread. A node that has blocks of its own takes none, but for that of the very state it has:
 * CometBFT asks for it where the process was killed after the state was restored and before
 * CometBFT wrote that down.
 *
 * <p>Where a disk is full, CometBFT waits for its answer until there is room: it would never ask
 * again for a snapshot that was refused.
 *
 * <p>Thread safety: any thread, one at a time, but for those of a {@link HoldingPart} and {@link
 * #close}, which wait for none.
 */
final class StateSync implements HoldingPart, AutoCloseable {
  /** Pause before what a full disk refused is tried again. */
  static final long RETRY_MS = 5_000;

  private static final Logger LOG = LoggerFactory.getLogger(StateSync.class);
  private static final String PART = "state sync";
  private static final int APP_HASH_BYTES = 32;

  private final StateStore store;
  private final SnapshotFolder folder;
  private final Path genesisFile;
  private final boolean allowUnbound;
  private final BlockLoop loop;
  private final PublishedState published;
  private final StateRestore restore;
  private final Semaphore again = new Semaphore(0);
  private volatile @Nullable Hold hold;
  private volatile boolean closing;
  private @Nullable Session session;

  /**
   * @param genesisFile the chain's {@code genesis.json}
   * @param allowUnbound whether the node runs other bundles than its chain is bound to
   */
  StateSync(
      StateStore store,
      SnapshotFolder folder,
      Path genesisFile,
      boolean allowUnbound,
      BlockLoop loop,
      PublishedState published,
      StateRestore restore) {
    this.store = store;
    this.folder = folder;
    this.genesisFile = genesisFile;
    this.allowUnbound = allowUnbound;
    this.loop = loop;
    this.published = published;
    this.restore = restore;
  }

  /**
   * A snapshot that was accepted, and what there is of it.
   *
   * @param restored whether this node has its state already
   */
  private record Session(
      SnapshotMetadata metadata,
      byte[] appHash,
      boolean restored,
      GenesisFacts genesis,
      Path incoming,
      BitSet taken,
      SortedSet<String> senders) {}

  /** See {@link io.segue.kernel.api.abci.Application#offerSnapshot}. */
  synchronized OfferSnapshotResult offer(OfferSnapshotRequest request) {
    session = null;
    Snapshot offered = request.snapshot();
    if (offered.format() != SnapshotMetadata.FORMAT) {
      return OfferSnapshotResult.REJECT_FORMAT;
    }
    try {
      SnapshotMetadata metadata = SnapshotMetadata.read(offered, folder.limits());
      if (request.appHash().length != APP_HASH_BYTES) {
        throw new SnapshotException("its app hash does not have 32 bytes");
      }
      boolean restored = isRestored(metadata, request.appHash());
      if (allowUnbound) {
        throw new SnapshotException(
            "this node runs other bundles than its chain is bound to; start it without"
                + " --allow-unbound");
      }
      GenesisFacts genesis = GenesisFacts.read(genesisFile);
      Path incoming = folder.incoming("offered");
      session =
          new Session(
              metadata,
              request.appHash().clone(),
              restored,
              genesis,
              incoming,
              new BitSet(),
              new TreeSet<>());
    } catch (SnapshotException | IOException e) {
      LOG.warn("The snapshot of height {} is not taken: {}", offered.height(), FailureText.of(e));
      return OfferSnapshotResult.REJECT;
    }
    LOG.info("The snapshot of height {} is fetched: {} chunks", offered.height(), offered.chunks());
    return OfferSnapshotResult.ACCEPT;
  }

  /** See {@link io.segue.kernel.api.abci.Application#applySnapshotChunk}. */
  synchronized ApplySnapshotChunkResponse apply(ApplySnapshotChunkRequest request) {
    Session now = session;
    if (now == null) {
      LOG.warn("A chunk of a snapshot came that was not offered");
      return answer(ApplySnapshotChunkResult.ABORT);
    }
    int index = request.index();
    if (index < 0 || index >= now.metadata().chunks()) {
      LOG.warn("Chunk {} of a snapshot of {} came", index, now.metadata().chunks());
      return rejected(new TreeSet<>());
    }
    if (!now.metadata().fits(index, request.chunk())) {
      LOG.warn(
          "Chunk {} of the snapshot, from {}, is not the one that was offered; it is fetched from"
              + " another peer",
          index,
          request.sender());
      return new ApplySnapshotChunkResponse(
          ApplySnapshotChunkResult.RETRY,
          List.of(index),
          request.sender().isEmpty() ? List.of() : List.of(request.sender()));
    }
    try {
      if (now.taken().isEmpty()) {
        whenThereIsRoom(now, () -> requireRoom(now.incoming(), now.metadata().size()));
      }
      whenThereIsRoom(now, () -> put(now, index, request.chunk()));
      now.taken().set(index);
      if (!request.sender().isEmpty()) {
        now.senders().add(request.sender());
      }
      if (now.taken().cardinality() == now.metadata().chunks()) {
        if (now.restored()) {
          LOG.info("The state of height {} is there already", now.metadata().height());
        } else {
          whenThereIsRoom(now, () -> restore(now));
        }
        session = null;
        SnapshotFolder.delete(now.incoming());
      }
      return answer(ApplySnapshotChunkResult.ACCEPT);
    } catch (SnapshotException | GenerationException e) {
      LOG.error(
          "The snapshot of height {} is refused, and nothing of it is kept: {}",
          now.metadata().height(),
          FailureText.of(e));
      return rejected(now.senders());
    } catch (Exception | Error e) {
      Hold why =
          Hold.ofStep(
              e,
              HoldReason.STORAGE,
              "the snapshot of height " + now.metadata().height() + " can't be taken");
      LOG.error("{}. Next: {}", why.message(), why.nextStep(), e);
      return rejected(new TreeSet<>());
    }
  }

  @Override
  public Optional<NodeHold> hold() {
    return Optional.ofNullable(hold).map(why -> why.as(PART));
  }

  @Override
  public void retry() {
    again.release();
  }

  /** Ends what waits for room. */
  @Override
  public void close() {
    closing = true;
    again.release();
  }

  /** A step that may be done again from its beginning. */
  @FunctionalInterface
  private interface Step {
    void run() throws Exception;
  }

  /** Does a step, and again as long as the disk is full: chunks that are there are not lost. */
  private void whenThereIsRoom(Session now, Step step) throws Exception {
    try {
      while (true) {
        try {
          step.run();
          return;
        } catch (Exception e) {
          awaitRoom(now, e);
        }
      }
    } finally {
      hold = null;
    }
  }

  /**
   * Waits until the step is worth another try.
   *
   * @throws Exception what failed, where time does not fix it
   */
  private void awaitRoom(Session now, Exception failure) throws Exception {
    Hold why =
        Hold.ofStep(
            failure,
            HoldReason.STORAGE,
            "the snapshot of height " + now.metadata().height() + " can't be taken");
    if (why.reason() != HoldReason.DISK_FULL || closing) {
      throw failure;
    }
    if (!why.equals(hold)) {
      LOG.error("{}. Next: {}", why.message(), why.nextStep());
    }
    hold = why;
    again.drainPermits();
    again.tryAcquire(RETRY_MS, TimeUnit.MILLISECONDS);
  }

  private void restore(Session now) throws Exception {
    long startNs = System.nanoTime();
    long height = now.metadata().height();
    Path chunks = SnapshotFolder.chunks(now.incoming());
    try {
      loop.restore(() -> restore.restore(chunks, height, now.appHash(), now.genesis()))
          .toCompletableFuture()
          .get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw e;
    }
    LOG.info(
        "The state of height {} is restored from a snapshot, after {} ms; blocks go on behind it",
        height,
        (System.nanoTime() - startNs) / 1_000_000);
  }

  /**
   * Whether this node has the state of a snapshot already; only who has no other one takes it.
   *
   * @throws SnapshotException where it has another one
   */
  private boolean isRestored(SnapshotMetadata metadata, byte[] appHash) throws SnapshotException {
    long height = published.last();
    if (height == 0) {
      return false;
    }
    if (height == metadata.height() && Arrays.equals(store.appHash(height), appHash)) {
      return true;
    }
    throw new SnapshotException(
        "this node has the state of height "
            + height
            + " already, and takes the snapshot of no other one; where no peer offers that one,"
            + " stop the node, remove data/ but for a validator's priv_validator_state.json, and"
            + " start it");
  }

  private static void requireRoom(Path incoming, long bytes) throws IOException {
    long room = Files.getFileStore(incoming).getUsableSpace();
    if (room < bytes) {
      throw new IOException(
          "No space left on device: it has "
              + bytes
              + " bytes, and "
              + incoming.getParent()
              + " has room for "
              + room
              + "; make room on that disk");
    }
  }

  private static void put(Session session, int index, byte[] chunk) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            SnapshotFolder.chunks(session.incoming()),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE)) {
      ByteBuffer left = ByteBuffer.wrap(chunk);
      long offset = session.metadata().offset(index);
      while (left.hasRemaining()) {
        channel.write(left, offset + left.position());
      }
    }
  }

  private ApplySnapshotChunkResponse rejected(SortedSet<String> senders) {
    Session now = session;
    session = null;
    if (now != null) {
      try {
        SnapshotFolder.delete(now.incoming());
      } catch (IOException e) {
        LOG.warn("{} stays until the next start: {}", now.incoming(), FailureText.of(e));
      }
    }
    return new ApplySnapshotChunkResponse(
        ApplySnapshotChunkResult.REJECT_SNAPSHOT, List.of(), List.copyOf(senders));
  }

  private static ApplySnapshotChunkResponse answer(ApplySnapshotChunkResult result) {
    return new ApplySnapshotChunkResponse(result, List.of(), List.of());
  }
}
