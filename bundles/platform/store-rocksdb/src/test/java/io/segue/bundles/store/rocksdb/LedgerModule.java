package io.segue.bundles.store.rocksdb;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.segue.kernel.api.abci.Abci.ValidatorUpdate;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.Module;
import io.segue.kernel.api.module.TxFormat;
import io.segue.kernel.api.upgrade.Plan;
import io.segue.kernel.testkit.modules.PlainTx;
import java.util.List;
import java.util.Optional;

/** A module whose genesis fills its store {@code ledger}. */
record LedgerModule(int keys) implements Module {
  static byte[] key(int number) {
    return String.format("account%07d", number).getBytes(UTF_8);
  }

  @Override
  public String name() {
    return "ledger";
  }

  @Override
  public long consensusVersion() {
    return 1;
  }

  @Override
  public Optional<TxFormat> txFormat() {
    return Optional.of(new PlainTx());
  }

  @Override
  public List<ValidatorUpdate> initGenesis(Context context, byte[] genesisJson) {
    for (int i = 0; i < keys; i++) {
      context.store().set(key(i), ("balance " + i).getBytes(UTF_8));
    }
    return List.of();
  }

  /** The module {@code upgrade} of a chain without governance: block 1 schedules {@code v2}. */
  record Scheduler(long height) implements Module {
    @Override
    public String name() {
      return "upgrade";
    }

    @Override
    public long consensusVersion() {
      return 1;
    }

    @Override
    public List<String> stores() {
      return List.of();
    }

    @Override
    public void beginBlock(Context context) {
      if (context.height() == 1) {
        context.upgrades().schedule(new Plan("v2", height, ""));
      }
    }
  }
}
