package io.segue.kernel.core.exec;

import io.segue.kernel.api.abci.Abci.ConsensusParams;
import io.segue.kernel.api.abci.Abci.Event;
import io.segue.kernel.api.abci.Abci.ExecTxResult;
import io.segue.kernel.api.module.Module;
import io.segue.kernel.api.module.Phase;
import io.segue.kernel.core.gas.KernelRules;
import io.segue.kernel.core.module.ModuleSet;
import io.segue.kernel.core.overlay.Branch;
import io.segue.kernel.core.overlay.MapView;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A generation of fake modules and its state, block after block. */
public final class FakeChain {
  public final ModuleSet modules;
  public final KernelRules rules;
  public MapView state;

  private FakeChain(ModuleSet modules, KernelRules rules) {
    this.modules = modules;
    this.rules = rules;
    this.state = new MapView(0, modules.stores().toArray(new String[0]));
  }

  /** Modules whose ante steps run in order of their names. */
  public static FakeChain of(Module... modules) {
    return of(KernelRules.of(1), modules);
  }

  public static FakeChain of(KernelRules rules, Module... modules) {
    Map<Phase, List<String>> orders = new EnumMap<>(Phase.class);
    orders.put(
        Phase.ANTE,
        List.of(modules).stream().flatMap(m -> m.anteSteps().keySet().stream()).sorted().toList());
    return new FakeChain(ModuleSet.of(List.of(modules), orders), rules);
  }

  public static BlockHeader header(long height) {
    return header(height, ConsensusParams.defaults(1));
  }

  public static BlockHeader header(long height, ConsensusParams params) {
    return new BlockHeader(
        "test-1", height, Instant.ofEpochSecond(1000 + height), new byte[20], params);
  }

  /** Executes the next block and keeps its state. */
  public BlockResult block(byte[]... txs) {
    Branch branch = new Branch(state);
    BlockResult result =
        new BlockExecutor(modules, rules).execute(branch, header(state.height + 1), List.of(txs));
    state = state.after(branch.changes());
    return result;
  }

  /** Executes a block with one transaction and gives its result. */
  public ExecTxResult deliver(byte[] tx) {
    return block(tx).txResults().get(0);
  }

  public static List<String> show(List<Event> events) {
    return events.stream().map(FakeChain::show).toList();
  }

  private static String show(Event event) {
    return event.type()
        + event.attributes().stream()
            .map(a -> a.key() + "=" + a.value() + (a.index() ? "" : "!"))
            .collect(Collectors.joining(", ", "{", "}"));
  }
}
