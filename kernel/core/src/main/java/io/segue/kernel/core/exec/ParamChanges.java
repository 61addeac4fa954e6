package io.segue.kernel.core.exec;

import io.segue.kernel.api.abci.Abci.AbciParams;
import io.segue.kernel.api.abci.Abci.ConsensusParams;
import io.segue.kernel.api.abci.ConsensusBounds;
import io.segue.kernel.api.module.KVStore;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a block changes of the consensus parameters. It lies in the kernel's store {@code upgrade}
 * while the block is executed, so that it goes with the branch on which it was changed:
 *
 * <pre>
 * 07  the parameters after the block, see {@link ConsensusParamsText}; never there between blocks
 * </pre>
 */
final class ParamChanges {
  private static final byte[] KEY = {7};
  private static final AbciParams NO_EXTENSIONS = new AbciParams(0);
  private static final ConsensusParams NONE =
      new ConsensusParams(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  private final KVStore store;
  private final BlockHeader header;

  ParamChanges(KVStore store, BlockHeader header) {
    this.store = store;
    this.header = header;
  }

  /**
   * Adds a change.
   *
   * @throws IllegalArgumentException where it is out of bounds
   * @throws IllegalStateException in genesis
   */
  void add(ConsensusParams changes) {
    if (header.height() == 0) {
      throw new IllegalStateException("the genesis document has the first consensus parameters");
    }
    ConsensusParams before = pending().orElse(header.consensusParams());
    ConsensusParams after = ConsensusBounds.checkUpdate(before, changes, header.height());
    store.set(KEY, ConsensusParamsText.write(after).getBytes(StandardCharsets.UTF_8));
  }

  /** The groups that are other ones after the block; empty where none is. Forgets them. */
  Optional<ConsensusParams> take() {
    Optional<ConsensusParams> after = pending();
    after.ifPresent(params -> store.delete(KEY));
    return after
        .map(params -> changed(header.consensusParams(), params))
        .filter(changes -> !changes.equals(NONE));
  }

  private Optional<ConsensusParams> pending() {
    return Optional.ofNullable(store.get(KEY))
        .map(text -> ConsensusParamsText.read(new String(text, StandardCharsets.UTF_8)));
  }

  private static ConsensusParams changed(ConsensusParams before, ConsensusParams after) {
    return new ConsensusParams(
        after.block().filter(group -> !before.block().equals(Optional.of(group))),
        after.evidence().filter(group -> !before.evidence().equals(Optional.of(group))),
        after.validator().filter(group -> !before.validator().equals(Optional.of(group))),
        Optional.empty(),
        after.abci().filter(group -> !before.abci().orElse(NO_EXTENSIONS).equals(group)));
  }
}
