package io.segue.bundles.upgrade;

import io.segue.bundles.sdk.JsonParts;
import io.segue.bundles.sdk.JsonParts.Part;
import io.segue.bundles.sdk.SdkErrors;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.KVStore;
import io.segue.kernel.api.module.ModuleException;
import io.segue.kernel.api.upgrade.Plan;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * How many blocks a plan has to be scheduled ahead of its height: what operators have at least for
 * fetching or building its code and for trying it.
 *
 * <pre>
 * store {@code upgradeparams}: 00 -> blocks, 8 bytes, big endian
 * </pre>
 *
 * It is set where the store begins, and changed by later plans.
 */
final class LeadTime {
  static final String STORE = "upgradeparams";

  /** About a minute of blocks that take six seconds. */
  static final long DEFAULT_BLOCKS = 10;

  /** Longest: two years of blocks that take six seconds. */
  static final long MAX_BLOCKS = 10_000_000;

  private static final String MEMBER = "lead_time_blocks";
  private static final byte[] KEY = {0x00};

  private LeadTime() {}

  static void write(KVStore store, long blocks) {
    store.set(KEY, ByteBuffer.allocate(Long.BYTES).putLong(blocks).array());
  }

  /**
   * Writes what a genesis says: {@code {"lead_time_blocks": "10"}}, or nothing of it.
   *
   * @throws ModuleException sdk/18 where it is something else
   */
  static void init(KVStore store, byte[] genesisJson) {
    try {
      Map<String, Part> members = JsonParts.document(genesisJson);
      Part blocks = members.remove(MEMBER);
      if (!members.isEmpty()) {
        throw new IllegalArgumentException("unknown members " + members.keySet());
      }
      write(store, checked(blocks == null ? DEFAULT_BLOCKS : JsonParts.unsigned(blocks)));
    } catch (IllegalArgumentException e) {
      throw SdkErrors.invalidRequest("genesis of upgrade: " + e.getMessage());
    }
  }

  private static long checked(long blocks) {
    if (blocks < 0 || blocks > MAX_BLOCKS) {
      throw new IllegalArgumentException(
          MEMBER + " is " + Long.toUnsignedString(blocks) + ", it must be from 0 to " + MAX_BLOCKS);
    }
    return blocks;
  }

  /** What {@link #init} reads. */
  static byte[] export(KVStore store) {
    return ("{\"" + MEMBER + "\":\"" + read(store) + "\"}").getBytes(StandardCharsets.UTF_8);
  }

  /** The least distance from the block that schedules a plan to the plan's height. */
  static long read(KVStore store) {
    byte[] value = store.get(KEY);
    if (value == null) {
      throw new IllegalStateException("store " + STORE + " has no lead time");
    }
    return ByteBuffer.wrap(value).getLong();
  }

  /**
   * Judges how far ahead a plan is.
   *
   * @throws ModuleException sdk/18 where it is too near; names the earliest height
   */
  static void require(Context context, Plan plan) {
    long earliest = context.height() + read(context.store());
    if (plan.height() < earliest) {
      throw SdkErrors.invalidRequest(
          "plan "
              + plan.name()
              + " at height "
              + plan.height()
              + " leaves operators too little time; the earliest height is "
              + earliest);
    }
  }
}
