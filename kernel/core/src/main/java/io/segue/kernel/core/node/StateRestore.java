package io.segue.kernel.core.node;

import io.segue.kernel.admission.artifact.GenerationManifest;
import io.segue.kernel.api.abci.Abci.ConsensusParams;
import io.segue.kernel.api.abci.ConsensusBounds;
import io.segue.kernel.api.node.FailureText;
import io.segue.kernel.api.store.StateStore;
import io.segue.kernel.api.store.StateStore.BulkStore;
import io.segue.kernel.api.store.StateStore.BulkWriter;
import io.segue.kernel.api.store.StateStore.IndexChange;
import io.segue.kernel.api.store.StateStore.Staged;
import io.segue.kernel.api.store.StateView;
import io.segue.kernel.core.block.ChainFacts;
import io.segue.kernel.core.block.ChainOperations;
import io.segue.kernel.core.content.ContentStore;
import io.segue.kernel.core.crash.RestoreCrashPoint;
import io.segue.kernel.core.exec.ConsensusParamsText;
import io.segue.kernel.core.generation.Generation;
import io.segue.kernel.core.generation.Generations;
import io.segue.kernel.core.hold.GenerationException;
import io.segue.kernel.core.snapshot.SnapshotException;
import io.segue.kernel.core.snapshot.SnapshotLimits;
import io.segue.kernel.core.snapshot.SnapshotReader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the state of a snapshot the first state of this node:
 *
 * <ol>
 *   <li>The stores are written in bulk; nothing refers to them.
 *   <li>Their root has to be the one that the light client vouches for. From here on the state is
 *       trusted, and says which generations ran.
 *   <li>Manifests and bundles have to be those that the state names by digest. They come into the
 *       content store, and the current generation is put together as at a start.
 *   <li>One synced write makes all of it the node's state.
 * </ol>
 *
 * Where one of them fails, nothing is left but bundles that nothing refers to, which the content
 * store removes by itself. Block thread.
 */
final class StateRestore {
  private static final Logger LOG = LoggerFactory.getLogger(StateRestore.class);
  private static final int BUFFER_BYTES = 1 << 20;

  private final StateStore store;
  private final ChainOperations chain;
  private final Generations generations;
  private final ContentStore contents;
  private final SnapshotLimits limits;

  StateRestore(
      StateStore store,
      ChainOperations chain,
      Generations generations,
      ContentStore contents,
      SnapshotLimits limits) {
    this.store = store;
    this.chain = chain;
    this.generations = generations;
    this.contents = contents;
    this.limits = limits;
  }

  /**
   * Restores.
   *
   * @param chunks the file with all chunks, each of which fits its hash
   * @param appHash that the light client vouches for
   */
  void restore(Path chunks, long height, byte[] appHash, GenesisFacts genesis)
      throws IOException, SnapshotException, GenerationException {
    if (store.height() >= genesis.initialHeight()) {
      throw new SnapshotException(
          "the node has the state of height " + store.height() + " already");
    }
    if (store.height() >= 0) {
      store.clear();
    }
    try (InputStream in = new BufferedInputStream(Files.newInputStream(chunks), BUFFER_BYTES)) {
      SnapshotReader reader = new SnapshotReader(in, limits);
      SnapshotReader.Block block = reader.begin(height);
      List<IndexChange> index = new ArrayList<>();
      Staged staged = null;
      boolean committed = false;
      try {
        load(reader, index);
        RestoreCrashPoint.RESTORE_LOADED.reached();
        staged = store.stage(index, new TreeMap<>());
        requireRoot(staged, appHash);
        committed = commit(reader, staged, index, height, block, genesis);
      } finally {
        if (!committed) {
          drop(staged, index);
        }
      }
    }
  }

  private void load(SnapshotReader reader, List<IndexChange> index)
      throws IOException, SnapshotException {
    int stores = reader.stores();
    String before = "";
    for (int i = 0; i < stores; i++) {
      String name = reader.store();
      if (!name.matches("[A-Za-z0-9._-]{1,64}") || before.compareTo(name) >= 0) {
        throw new SnapshotException("the stores in the snapshot have bad names, or are unordered");
      }
      before = name;
      try (BulkWriter writer = store.bulkWriter()) {
        reader.entries(writer);
        BulkStore written = writer.finish();
        index.add(new IndexChange.Adopt(name, written));
      }
    }
  }

  private static void requireRoot(Staged staged, byte[] appHash) throws SnapshotException {
    if (!Arrays.equals(staged.appHash(), appHash)) {
      throw new SnapshotException(
          "the state in the snapshot has root "
              + HexFormat.of().formatHex(staged.appHash())
              + ", and the chain has "
              + HexFormat.of().formatHex(appHash));
    }
  }

  private boolean commit(
      SnapshotReader reader,
      Staged staged,
      List<IndexChange> index,
      long height,
      SnapshotReader.Block block,
      GenesisFacts genesis)
      throws IOException, SnapshotException, GenerationException {
    List<GenerationSchedule.Entry> ran;
    long appVersion;
    try (StateView view = store.view(index)) {
      Optional<List<GenerationSchedule.Entry>> bound = GenerationSchedule.bound(view);
      if (bound.isEmpty()) {
        throw new SnapshotException("the state binds no bundles of its first generation");
      }
      ran = bound.get();
      appVersion = GenerationSchedule.appVersion(view);
    }
    ConsensusParams params = params(block.params(), appVersion, genesis);
    keep(reader, ran.stream().map(GenerationSchedule.Entry::digest).toList());
    reader.end();
    GenerationSchedule.Entry current = ran.get(ran.size() - 1);
    Generation made =
        current.digest().equals(chain.current().digest())
            ? null
            : generations.ready(current.digest());
    boolean done = false;
    try {
      RestoreCrashPoint.RESTORE_COMMITTING.reached();
      chain.restored(
          staged,
          height,
          new ChainFacts(
              genesis.chainId(),
              block.time(),
              params,
              ran.get(0).digest(),
              genesis.initialHeight()));
      done = true;
      RestoreCrashPoint.RESTORE_COMMITTED.reached();
    } finally {
      if (!done && made != null) {
        generations.discard(made);
      }
    }
    if (made != null) {
      generations.publish(made, Math.max(Kernel.FIRST_HEIGHT + 1, current.firstHeight()));
      generations.retain(height);
    }
    return true;
  }

  /**
   * The parameters in force, which governance changes and no root covers: within their bounds, and
   * of the app version that the state has.
   */
  private static ConsensusParams params(String text, long appVersion, GenesisFacts genesis)
      throws SnapshotException {
    ConsensusParams params;
    try {
      params = ConsensusBounds.check(ConsensusParamsText.read(text));
    } catch (RuntimeException e) {
      throw new SnapshotException(
          "the consensus parameters in the snapshot can't be used: " + FailureText.of(e));
    }
    long app = params.version().orElseThrow().app();
    if (app != appVersion) {
      throw new SnapshotException(
          "the snapshot says app version " + app + ", and its state has " + appVersion);
    }
    if (!params.equals(genesis.params(appVersion))) {
      LOG.warn(
          "The snapshot has other consensus parameters than genesis.json: {}. Where governance did"
              + " not change them, remove data/ and take a snapshot of another peer",
          text);
    }
    return params;
  }

  /** Takes manifests and bundles, each checked by its digest. */
  private void keep(SnapshotReader reader, List<String> digests)
      throws IOException, SnapshotException {
    List<GenerationManifest> manifests = reader.generations(digests);
    SortedSet<String> bundles = new TreeSet<>();
    manifests.forEach(m -> m.lines().forEach(line -> bundles.add(line.sha256())));
    reader.requireBundles(bundles.size());
    for (String bundle : bundles) {
      contents.put(reader.bundle(bundle));
    }
    Optional<String> previous = Optional.empty();
    for (GenerationManifest manifest : manifests) {
      contents.putManifest(manifest, previous, "");
      previous = Optional.of(manifest.digest());
    }
  }

  /** Frees what was written, of stores that no staging adopts yet too. */
  private void drop(@Nullable Staged staged, List<IndexChange> index) {
    store.drop(staged == null ? store.stage(index, new TreeMap<>()) : staged);
  }
}
