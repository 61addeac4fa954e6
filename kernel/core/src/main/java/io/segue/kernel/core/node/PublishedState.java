package io.segue.kernel.core.node;

import io.segue.kernel.api.abci.Application.CommitListener;
import io.segue.kernel.api.store.StateStore;
import io.segue.kernel.api.store.StateView;
import io.segue.kernel.core.block.ChainFacts;
import io.segue.kernel.core.block.ChainOperations;
import io.segue.kernel.core.check.CheckState;
import io.segue.kernel.core.exec.BlockHeader;
import io.segue.kernel.core.gas.KernelRules;
import io.segue.kernel.core.generation.Generation;
import io.segue.kernel.core.generation.Generations;
import io.segue.kernel.core.generation.Lease;
import io.segue.kernel.core.hold.GenerationException;
import io.segue.kernel.core.module.ModuleSet;
import io.segue.kernel.core.query.CodeUnavailableException;
import io.segue.kernel.core.query.Queries;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the last commit made visible: its height, its state for CheckTx, and its code. {@link
 * #publish} changes all of it, after the commit is durable and the generation is published; until
 * then queries and CheckTx see the height before and its code.
 *
 * <p>Thread safety: {@link #publish} and {@link #close} on the block thread, the rest on any.
 */
final class PublishedState implements Queries.Heights, AutoCloseable {
  private static final byte[] NO_PROPOSER = {};
  private static final Logger LOG = LoggerFactory.getLogger(PublishedState.class);

  private final StateStore store;
  private final ChainOperations chain;
  private final Generations generations;
  private final Supplier<String> minimumGasPrices;
  private final CheckState checkState;
  private final List<CommitListener> listeners = new CopyOnWriteArrayList<>();
  private volatile Visible visible = new Visible(0, ChainFacts.NONE);

  /** The last height that is visible, and the facts of its block. */
  private record Visible(long height, ChainFacts facts) {}

  /**
   * Nothing is visible yet.
   *
   * @param minimumGasPrices what counts from the next block on
   */
  PublishedState(
      StateStore store,
      ChainOperations chain,
      Generations generations,
      Supplier<String> minimumGasPrices) {
    this.store = store;
    this.chain = chain;
    this.checkState = new CheckState(chain.steps());
    this.generations = generations;
    this.minimumGasPrices = minimumGasPrices;
  }

  CheckState checkState() {
    return checkState;
  }

  /** Makes the last committed block visible, if the chain has one. */
  void publish() {
    ChainFacts facts = chain.facts();
    long height = store.height();
    if (height < facts.initialHeight()) {
      return;
    }
    serve(facts, height);
    visible = new Visible(height, facts);
    byte[] appHash = store.appHash(height);
    for (CommitListener listener : listeners) {
      try {
        listener.committed(height, appHash);
      } catch (RuntimeException | Error e) {
        LOG.warn("A listener failed at height {}", height, e);
      }
    }
  }

  AutoCloseable onCommit(CommitListener listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  @Override
  public long last() {
    return visible.height();
  }

  @Override
  public Queries.Lease at(long height) {
    Visible now = visible;
    ChainFacts facts = height == now.height() ? now.facts() : chain.facts(height);
    Lease lease;
    try {
      lease = generations.at(height);
    } catch (GenerationException e) {
      throw new CodeUnavailableException(e.text(), e);
    }
    return new Queries.Lease() {
      @Override
      public ModuleSet modules() {
        return lease.generation().modules();
      }

      @Override
      public KernelRules rules() {
        return ChainOperations.rules(lease.generation());
      }

      @Override
      public BlockHeader header() {
        return PublishedState.header(facts, height);
      }

      @Override
      public void close() {
        lease.close();
      }
    };
  }

  @Override
  public void close() {
    checkState.clear();
  }

  /** CheckTx has view and code of the height for as long as it uses them. */
  private void serve(ChainFacts facts, long height) {
    Lease lease = generations.current();
    StateView view;
    try {
      view = store.view(height);
    } catch (RuntimeException | Error e) {
      lease.close();
      throw e;
    }
    Generation generation = lease.generation();
    checkState.reset(
        generation.modules(),
        ChainOperations.rules(generation),
        header(facts, height + 1),
        minimumGasPrices.get(),
        view,
        () -> {
          view.close();
          lease.close();
        });
  }

  private static BlockHeader header(ChainFacts facts, long height) {
    return new BlockHeader(facts.chainId(), height, facts.time(), NO_PROPOSER, facts.params());
  }
}
