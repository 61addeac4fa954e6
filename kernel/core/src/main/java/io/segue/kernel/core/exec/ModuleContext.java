package io.segue.kernel.core.exec;

import io.segue.kernel.api.abci.Abci.CommitInfo;
import io.segue.kernel.api.abci.Abci.ConsensusParams;
import io.segue.kernel.api.abci.Abci.Event;
import io.segue.kernel.api.abci.Abci.Misbehavior;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.Descriptors;
import io.segue.kernel.api.module.ExecMode;
import io.segue.kernel.api.module.GasMeter;
import io.segue.kernel.api.module.KVStore;
import io.segue.kernel.api.upgrade.Upgrades;
import io.segue.kernel.core.module.ModuleSet;
import io.segue.kernel.core.module.RegisteredModule;
import io.segue.kernel.core.plan.PlanState;
import io.segue.kernel.core.plan.ReadOnlyUpgrades;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** A {@link ExecutionContext} as one module sees it; refuses to be used when that has ended. */
final class ModuleContext implements Context {
  private final ExecutionContext run;
  private final RegisteredModule owner;

  ModuleContext(ExecutionContext run, RegisteredModule owner) {
    this.run = run;
    this.owner = owner;
  }

  @Override
  public String chainId() {
    return run().header.chainId();
  }

  @Override
  public long height() {
    return run().header.height();
  }

  @Override
  public Instant time() {
    return run().header.time();
  }

  @Override
  public byte[] proposerAddress() {
    return run().header.proposerAddress().clone();
  }

  @Override
  public CommitInfo lastCommit() {
    return run().header.lastCommit();
  }

  @Override
  public List<Misbehavior> misbehavior() {
    return run().header.misbehavior();
  }

  @Override
  public ExecMode mode() {
    return run().mode;
  }

  @Override
  public ConsensusParams consensusParams() {
    return run().header.consensusParams();
  }

  @Override
  public void updateConsensusParams(ConsensusParams changes) {
    run().paramChanges().add(changes);
  }

  @Override
  public String minimumGasPrices() {
    boolean mempool = mode() == ExecMode.CHECK || mode() == ExecMode.RECHECK;
    return mempool ? run.minimumGasPrices : "";
  }

  @Override
  public KVStore store() {
    if (owner.stores.isEmpty()) {
      throw new IllegalArgumentException("module " + owner.name + " owns no store");
    }
    return run().store(owner, 0);
  }

  @Override
  public KVStore store(String name) {
    int position = owner.stores.indexOf(name);
    if (position < 0) {
      throw new IllegalArgumentException(
          "module " + owner.name + " does not own store " + name + "; its stores: " + owner.stores);
    }
    return run().store(owner, position);
  }

  @Override
  public GasMeter gas() {
    return run().gas;
  }

  @Override
  public void emit(Event event) {
    run().emit(event);
  }

  @Override
  public byte[] moduleAddress() {
    return owner.address();
  }

  @Override
  public byte[] call(String typeUrl, byte[] message) {
    return run().call(owner, typeUrl, message);
  }

  @Override
  public void validate(String typeUrl, byte[] message) {
    run().validate(typeUrl, message);
  }

  @Override
  public boolean routable(String typeUrl) {
    return run().routable(typeUrl);
  }

  @Override
  public List<byte[]> signers(String typeUrl, byte[] message) {
    return run().signers(typeUrl, message);
  }

  @Override
  public byte[] query(String path, byte[] request) {
    return run().query(path, request);
  }

  @Override
  public <T> T branch(Function<Context, T> work) {
    return run().branch(() -> work.apply(this));
  }

  @Override
  public <T> T branch(long gas, Function<Context, T> work) {
    return run().branch(gas, () -> work.apply(this));
  }

  @Override
  public Upgrades upgrades() {
    PlanState plans = run().plans();
    return owner.name.equals(ModuleSet.UPGRADE) ? plans : new ReadOnlyUpgrades(plans, owner.name);
  }

  @Override
  public Descriptors descriptors() {
    return run().modules.descriptors();
  }

  private ExecutionContext run() {
    run.gas.requireInCall();
    return run;
  }
}
