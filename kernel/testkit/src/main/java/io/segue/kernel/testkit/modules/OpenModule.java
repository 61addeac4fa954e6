package io.segue.kernel.testkit.modules;

import io.segue.kernel.api.abci.Abci.ValidatorUpdate;
import io.segue.kernel.api.module.AnteStep;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.MessageHandler;
import io.segue.kernel.api.module.Module;
import io.segue.kernel.api.module.QueryHandler;
import io.segue.kernel.api.module.TxFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A module as it is, opened for tests: transactions and queries reach what is internal, the query
 * {@code /test/<module>/genesis} answers its exported genesis, and every block fails whose end
 * finds an invariant broken.
 */
final class OpenModule implements Module {
  private final Module module;

  OpenModule(Module module) {
    this.module = module;
  }

  /** Path of the query for the exported genesis. */
  static String genesisPath(String module) {
    return "/test/" + module + "/genesis";
  }

  @Override
  public String name() {
    return module.name();
  }

  @Override
  public long consensusVersion() {
    return module.consensusVersion();
  }

  @Override
  public List<String> stores() {
    return module.stores();
  }

  @Override
  public byte[] descriptors() {
    return module.descriptors();
  }

  @Override
  public Map<String, MessageHandler> messages() {
    return module.messages();
  }

  @Override
  public Map<String, QueryHandler> queries() {
    Map<String, QueryHandler> open = new TreeMap<>();
    module.queries().forEach((path, handler) -> open.put(path, handler::query));
    open.put(genesisPath(name()), (context, request) -> module.exportGenesis(context));
    return open;
  }

  @Override
  public Map<String, AnteStep> anteSteps() {
    return module.anteSteps();
  }

  @Override
  public Optional<TxFormat> txFormat() {
    return module.txFormat();
  }

  @Override
  public void beginBlock(Context context) {
    module.beginBlock(context);
  }

  @Override
  public List<ValidatorUpdate> endBlock(Context context) {
    List<ValidatorUpdate> updates = module.endBlock(context);
    module
        .invariants()
        .forEach(
            (name, invariant) ->
                invariant
                    .check(context)
                    .ifPresent(
                        wrong -> {
                          throw new IllegalStateException(
                              "invariant " + name() + "/" + name + " is broken: " + wrong);
                        }));
    return updates;
  }

  @Override
  public byte[] defaultGenesis() {
    return module.defaultGenesis();
  }

  @Override
  public List<ValidatorUpdate> initGenesis(Context context, byte[] genesisJson) {
    return module.initGenesis(context, genesisJson);
  }

  @Override
  public byte[] exportGenesis(Context context) {
    return module.exportGenesis(context);
  }

  @Override
  public void exportGenesis(Context context, OutputStream out) throws IOException {
    module.exportGenesis(context, out);
  }

  @Override
  public Map<Long, Migration> migrations() {
    return module.migrations();
  }

  @Override
  public Map<String, Invariant> invariants() {
    return module.invariants();
  }
}
