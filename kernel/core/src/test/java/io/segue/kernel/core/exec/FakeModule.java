package io.segue.kernel.core.exec;

import io.segue.kernel.api.abci.Abci.ValidatorUpdate;
import io.segue.kernel.api.module.AnteStep;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.MessageHandler;
import io.segue.kernel.api.module.Module;
import io.segue.kernel.api.module.QueryHandler;
import io.segue.kernel.api.module.TxFormat;
import io.segue.kernel.api.module.VoteExtension;
import io.segue.kernel.core.overlay.MapView;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;

/** A module put together from lambdas. */
public final class FakeModule implements Module {
  private final String name;
  private long version = 1;
  private List<String> stores;
  private final Map<String, MessageHandler> messages = new HashMap<>();
  private final Map<String, QueryHandler> queries = new HashMap<>();
  private final Map<String, AnteStep> anteSteps = new HashMap<>();
  private final Map<Long, Migration> migrations = new HashMap<>();
  private Optional<TxFormat> format = Optional.empty();
  private Optional<VoteExtension> extension = Optional.empty();
  private Consumer<Context> beginBlock = context -> {};
  private Function<Context, List<ValidatorUpdate>> endBlock = context -> List.of();
  private BiFunction<Context, byte[], List<ValidatorUpdate>> genesis = (context, json) -> List.of();
  private String defaultGenesis = "{}";
  private byte[] descriptors = new byte[0];

  private FakeModule(String name) {
    this.name = name;
    this.stores = new ArrayList<>(List.of(name));
  }

  public static FakeModule named(String name) {
    return new FakeModule(name);
  }

  /** The one module of a test that has the transaction format. */
  public static FakeModule auth() {
    return named("auth").format(new TextFormat());
  }

  public FakeModule version(long consensusVersion) {
    version = consensusVersion;
    return this;
  }

  public FakeModule owning(String... names) {
    stores = List.of(names);
    return this;
  }

  public FakeModule format(TxFormat txFormat) {
    format = Optional.of(txFormat);
    return this;
  }

  public FakeModule extending(VoteExtension votes) {
    extension = Optional.of(votes);
    return this;
  }

  public FakeModule message(String typeUrl, MessageHandler handler) {
    messages.put(typeUrl, handler);
    return this;
  }

  /** A message signed by "user" that answers nothing. */
  public FakeModule message(String typeUrl, BiConsumer<Context, byte[]> work) {
    return message(typeUrl, FakeHandler.signedBy("user").does(work));
  }

  public FakeModule query(String path, QueryHandler handler) {
    queries.put(path, handler);
    return this;
  }

  public FakeModule ante(String step, AnteStep work) {
    anteSteps.put(step, work);
    return this;
  }

  public FakeModule migration(long from, Migration migration) {
    migrations.put(from, migration);
    return this;
  }

  public FakeModule beginBlock(Consumer<Context> work) {
    beginBlock = work;
    return this;
  }

  FakeModule endBlock(Function<Context, List<ValidatorUpdate>> work) {
    endBlock = work;
    return this;
  }

  FakeModule genesis(String byDefault, BiFunction<Context, byte[], List<ValidatorUpdate>> work) {
    defaultGenesis = byDefault;
    genesis = work;
    return this;
  }

  public FakeModule descriptors(byte[] set) {
    descriptors = set;
    return this;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public long consensusVersion() {
    return version;
  }

  @Override
  public List<String> stores() {
    return stores;
  }

  @Override
  public byte[] descriptors() {
    return descriptors;
  }

  @Override
  public Map<String, MessageHandler> messages() {
    return messages;
  }

  @Override
  public Map<String, QueryHandler> queries() {
    return queries;
  }

  @Override
  public Map<String, AnteStep> anteSteps() {
    return anteSteps;
  }

  @Override
  public Optional<TxFormat> txFormat() {
    return format;
  }

  @Override
  public Optional<VoteExtension> voteExtension() {
    return extension;
  }

  @Override
  public void beginBlock(Context context) {
    beginBlock.accept(context);
  }

  @Override
  public List<ValidatorUpdate> endBlock(Context context) {
    return endBlock.apply(context);
  }

  @Override
  public byte[] defaultGenesis() {
    return MapView.bytes(defaultGenesis);
  }

  @Override
  public List<ValidatorUpdate> initGenesis(Context context, byte[] genesisJson) {
    return genesis.apply(context, genesisJson);
  }

  @Override
  public Map<Long, Migration> migrations() {
    return migrations;
  }

  @Override
  public Optional<String> describe(String store, byte[] key, byte[] value) {
    return Optional.of(
        store + " " + new String(key, StandardCharsets.UTF_8) + " = " + value.length + " bytes");
  }
}
