package io.segue.kernel.core.plan;

import io.segue.kernel.api.module.KVIterator;
import io.segue.kernel.api.module.KVStore;
import io.segue.kernel.api.upgrade.Plan;
import io.segue.kernel.api.upgrade.PlanInfo;
import io.segue.kernel.api.upgrade.UpgradeParams;
import io.segue.kernel.api.upgrade.Upgrades;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * What the store {@code upgrade} holds. The kernel keeps it; the module {@code upgrade} gives it
 * messages and queries. Keys, with those that the Cosmos SDK has in the same place:
 *
 * <pre>
 * 00                        the pending plan, see {@link PlanCodec}
 * 01 || height BE8 || name  01: this plan is done, at this height
 * 02 || module              BE8: consensus version of the module
 * 03                        BE8: protocol version
 * 04 || plan                SHA-256 of the manifest of the generation that runs from this plan on,
 *                           {@code genesis} included; absent where it is not bound
 * 05 || height BE8 || name  this plan ended without code, and how: see {@link PlanOutcome}
 * 06                        {@link UpgradeParams}: bit 0 allow abort, bit 1 check invariants; absent
 *                           where none is set
 * 07                        within a block only: the consensus parameters after it
 * </pre>
 *
 * <p>Used on one thread, as the store it is over.
 */
public final class PlanState implements Upgrades {
  private static final byte PLAN = 0;
  private static final byte DONE = 1;
  private static final byte MODULE_VERSION = 2;
  private static final byte PROTOCOL_VERSION = 3;
  private static final byte GENERATION = 4;
  private static final byte OUTCOME = 5;
  private static final byte PARAMS = 6;

  private static final byte[] PLAN_KEY = {PLAN};
  private static final byte[] PROTOCOL_VERSION_KEY = {PROTOCOL_VERSION};
  private static final byte[] PARAMS_KEY = {PARAMS};
  private static final byte[] MARK = {1};
  private static final int ALLOW_ABORT = 1;
  private static final int CHECK_INVARIANTS = 2;
  private static final int NAME_AFTER_HEIGHT = 1 + Long.BYTES;
  private static final int DIGEST_BYTES = 32;
  private static final long FIRST_PROTOCOL_VERSION = 1;

  private final KVStore store;
  private final long height;
  private final PlanRules rules;

  /**
   * The plan state in a store.
   *
   * @param store the store {@code upgrade}
   * @param height of the block in which plans are checked
   */
  public PlanState(KVStore store, long height, PlanRules rules) {
    this.store = store;
    this.height = height;
    this.rules = rules;
  }

  @Override
  public Optional<Plan> plan() {
    return Optional.ofNullable(store.get(PLAN_KEY)).map(PlanCodec::decode);
  }

  @Override
  public OptionalLong doneAt(String name) {
    byte[] utf8 = utf8(name);
    byte[] prefix = {DONE};
    try (KVIterator done = store.reverse(prefix, KVStore.prefixEnd(prefix))) {
      while (done.next()) {
        byte[] key = done.key();
        if (Arrays.equals(key, NAME_AFTER_HEIGHT, key.length, utf8, 0, utf8.length)) {
          return OptionalLong.of(ByteBuffer.wrap(key).getLong(1));
        }
      }
    }
    return OptionalLong.empty();
  }

  /** Every plan that is done, in order of heights and then of names. */
  public List<DonePlan> done() {
    List<DonePlan> all = new ArrayList<>();
    try (KVIterator done = store.prefix(new byte[] {DONE})) {
      while (done.next()) {
        byte[] key = done.key();
        all.add(donePlan(key));
      }
    }
    return all.stream().map(this::withGeneration).toList();
  }

  /** Every plan that is over, those without code included, in order of heights and names. */
  public List<PastPlan> past() {
    SortedMap<String, PastPlan> all = new TreeMap<>();
    try (KVIterator outcomes = store.prefix(new byte[] {OUTCOME})) {
      while (outcomes.next()) {
        byte[] key = outcomes.key();
        String name = text(key, NAME_AFTER_HEIGHT);
        long at = ByteBuffer.wrap(key).getLong(1);
        PlanOutcome outcome = PlanOutcome.of(outcomes.value()[0]);
        all.put(order(name, at), new PastPlan(name, at, outcome, Optional.empty()));
      }
    }
    for (DonePlan plan : done()) {
      all.putIfAbsent(
          order(plan.name(), plan.height()),
          new PastPlan(plan.name(), plan.height(), PlanOutcome.APPLIED, plan.generation()));
    }
    return List.copyOf(all.values());
  }

  /** The last plan that is done. */
  public Optional<DonePlan> lastDone() {
    byte[] prefix = {DONE};
    Optional<DonePlan> last;
    try (KVIterator done = store.reverse(prefix, KVStore.prefixEnd(prefix))) {
      last = done.next() ? Optional.of(donePlan(done.key())) : Optional.empty();
    }
    return last.map(this::withGeneration);
  }

  @Override
  public SortedMap<String, Long> moduleVersions() {
    SortedMap<String, Long> versions = new TreeMap<>();
    try (KVIterator entries = store.prefix(new byte[] {MODULE_VERSION})) {
      while (entries.next()) {
        versions.put(text(entries.key(), 1), ByteBuffer.wrap(entries.value()).getLong());
      }
    }
    return versions;
  }

  @Override
  public long protocolVersion() {
    byte[] version = store.get(PROTOCOL_VERSION_KEY);
    return version == null ? FIRST_PROTOCOL_VERSION : ByteBuffer.wrap(version).getLong();
  }

  /** Digest of the generation that runs from a plan on; empty where it is not bound. */
  public Optional<byte[]> generation(String plan) {
    return Optional.ofNullable(store.get(key(GENERATION, plan)));
  }

  @Override
  public PlanInfo info(Plan plan) {
    return PlanRules.info(plan);
  }

  @Override
  public void check(Plan plan) {
    rules.check(plan, height, name -> doneAt(name).isPresent());
  }

  @Override
  public void schedule(Plan plan) {
    check(plan);
    plan()
        .filter(before -> !before.equals(plan))
        .ifPresent(before -> setOutcome(before.name(), height, PlanOutcome.REPLACED));
    store.set(PLAN_KEY, PlanCodec.encode(plan));
  }

  @Override
  public void cancel() {
    plan().ifPresent(before -> setOutcome(before.name(), height, PlanOutcome.CANCELLED));
    store.delete(PLAN_KEY);
  }

  /** Records a plan as done at a height. */
  public void markDone(String name, long atHeight) {
    store.set(key(DONE, name, atHeight), MARK);
  }

  /** Replaces the consensus versions of all modules; those not named lose theirs. */
  public void setModuleVersions(SortedMap<String, Long> versions) {
    for (String module : moduleVersions().keySet()) {
      if (!versions.containsKey(module)) {
        store.delete(key(MODULE_VERSION, module));
      }
    }
    versions.forEach((module, version) -> store.set(key(MODULE_VERSION, module), be8(version)));
  }

  /** Sets the protocol version. */
  public void setProtocolVersion(long version) {
    store.set(PROTOCOL_VERSION_KEY, be8(version));
  }

  /**
   * Records which generation runs from a plan on.
   *
   * @param digest SHA-256 of the generation's manifest, 32 bytes
   */
  public void setGeneration(String plan, byte[] digest) {
    if (digest.length != DIGEST_BYTES) {
      throw new IllegalArgumentException(
          "digest of generation " + plan + " has " + digest.length + " bytes, not 32");
    }
    store.set(key(GENERATION, plan), digest.clone());
  }

  /** Records a plan as applied: done, no longer pending, one protocol version further. */
  public void applied(Plan plan, long atHeight, byte[] generationDigest) {
    setProtocolVersion(protocolVersion() + 1);
    setGeneration(plan.name(), generationDigest);
    store.delete(PLAN_KEY);
    markDone(plan.name(), atHeight);
  }

  /** Calls {@code visitor} with the rows that this kernel does not know: what later ones keep. */
  void other(BiConsumer<byte[], byte[]> visitor) {
    try (KVIterator rows = store.iterate(new byte[] {PARAMS + 1}, null)) {
      while (rows.next()) {
        visitor.accept(rows.key(), rows.value());
      }
    }
  }

  /**
   * Writes what a genesis says, as the first state of a chain.
   *
   * @throws IllegalArgumentException where it is of a height after this one, or has a row in the
   *     place of another
   */
  public void restore(PlanGenesis genesis) {
    genesis.generation().ifPresent(digest -> setGeneration(PlanRules.GENESIS, digest));
    setProtocolVersion(Math.max(FIRST_PROTOCOL_VERSION, genesis.protocolVersion()));
    for (DonePlan done : genesis.done()) {
      requireOver(done.name(), done.height());
      markDone(done.name(), done.height());
      done.generation().ifPresent(digest -> setGeneration(done.name(), digest));
    }
    for (PastPlan past : genesis.outcomes()) {
      requireOver(past.name(), past.height());
      setOutcome(past.name(), past.height(), past.outcome());
    }
    setParams(genesis.params());
    genesis.plan().ifPresent(this::restorePlan);
    genesis.other().forEach((key, value) -> restoreOther(HexFormat.of().parseHex(key), value));
  }

  private void requireOver(String plan, long atHeight) {
    if (atHeight > height) {
      throw new IllegalArgumentException(
          "plan "
              + plan
              + " in member upgrade of app_state is done at height "
              + atHeight
              + ", after the height "
              + height
              + " that the chain goes on from; correct initial_height");
    }
  }

  private void restorePlan(Plan plan) {
    if (plan.height() <= height) {
      throw new IllegalArgumentException(
          "plan "
              + plan.name()
              + " in member upgrade of app_state is pending for height "
              + plan.height()
              + ", but the chain goes on from height "
              + height
              + "; remove the plan, or correct initial_height");
    }
    store.set(PLAN_KEY, PlanCodec.encode(plan));
  }

  private void restoreOther(byte[] key, String value) {
    if (key[0] >= 0 && key[0] <= PARAMS) {
      throw new IllegalArgumentException(
          "other in member upgrade of app_state has the key "
              + HexFormat.of().formatHex(key)
              + ", which another member says; remove it");
    }
    store.set(key, HexFormat.of().parseHex(value));
  }

  /** Records a plan as ended without its code: the generation before goes on. */
  public void ended(Plan plan, long atHeight, PlanOutcome outcome) {
    store.delete(PLAN_KEY);
    if (outcome == PlanOutcome.ABORTED) {
      markDone(plan.name(), atHeight);
    }
    setOutcome(plan.name(), atHeight, outcome);
  }

  private void setOutcome(String plan, long atHeight, PlanOutcome outcome) {
    store.set(key(OUTCOME, plan, atHeight), new byte[] {outcome.code()});
  }

  @Override
  public UpgradeParams params() {
    byte[] flags = store.get(PARAMS_KEY);
    return flags == null
        ? UpgradeParams.DEFAULT
        : new UpgradeParams((flags[0] & ALLOW_ABORT) != 0, (flags[0] & CHECK_INVARIANTS) != 0);
  }

  @Override
  public void setParams(UpgradeParams params) {
    int flags =
        (params.allowAbort() ? ALLOW_ABORT : 0) | (params.checkInvariants() ? CHECK_INVARIANTS : 0);
    if (flags == 0) {
      store.delete(PARAMS_KEY);
    } else {
      store.set(PARAMS_KEY, new byte[] {(byte) flags});
    }
  }

  private static DonePlan donePlan(byte[] key) {
    return new DonePlan(
        text(key, NAME_AFTER_HEIGHT), ByteBuffer.wrap(key).getLong(1), Optional.empty());
  }

  /** A text that sorts by height and then by name. */
  private static String order(String name, long height) {
    return HexFormat.of().toHexDigits(height) + name;
  }

  private DonePlan withGeneration(DonePlan plan) {
    return new DonePlan(plan.name(), plan.height(), generation(plan.name()));
  }

  private static byte[] key(byte prefix, String name) {
    byte[] utf8 = utf8(name);
    return ByteBuffer.allocate(1 + utf8.length).put(prefix).put(utf8).array();
  }

  private static byte[] key(byte prefix, String name, long height) {
    byte[] utf8 = utf8(name);
    return ByteBuffer.allocate(NAME_AFTER_HEIGHT + utf8.length)
        .put(prefix)
        .putLong(height)
        .put(utf8)
        .array();
  }

  private static byte[] be8(long value) {
    return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] key, int from) {
    return new String(key, from, key.length - from, StandardCharsets.UTF_8);
  }
}
