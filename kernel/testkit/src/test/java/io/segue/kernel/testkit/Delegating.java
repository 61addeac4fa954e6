package io.segue.kernel.testkit;

import io.segue.kernel.api.module.MessageHandler;
import io.segue.kernel.api.module.Module;
import io.segue.kernel.api.module.QueryHandler;
import io.segue.kernel.api.module.TxFormat;
import java.util.Map;
import java.util.Optional;

/** A module that does as another one, but for what a test changes. */
abstract class Delegating implements Module {
  private final String name;
  private final Module module;

  Delegating(String name, Module module) {
    this.name = name;
    this.module = module;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public long consensusVersion() {
    return module.consensusVersion();
  }

  @Override
  public Optional<TxFormat> txFormat() {
    return module.txFormat();
  }

  @Override
  public byte[] defaultGenesis() {
    return module.defaultGenesis();
  }

  @Override
  public Map<Long, Migration> migrations() {
    return module.migrations();
  }

  @Override
  public Map<String, MessageHandler> messages() {
    return module.messages();
  }

  @Override
  public Map<String, QueryHandler> queries() {
    return module.queries();
  }
}
