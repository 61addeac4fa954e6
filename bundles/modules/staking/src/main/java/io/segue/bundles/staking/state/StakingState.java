package io.segue.bundles.staking.state;

import io.segue.bundles.sdk.GenesisJson;
import io.segue.bundles.sdk.proto.crypto.ed25519.PubKey;
import io.segue.bundles.sdk.proto.staking.Delegation;
import io.segue.bundles.sdk.proto.staking.Misbehavior;
import io.segue.bundles.sdk.proto.staking.Params;
import io.segue.bundles.sdk.proto.staking.Redelegation;
import io.segue.bundles.sdk.proto.staking.UnbondingDelegation;
import io.segue.bundles.sdk.proto.staking.Validator;
import io.segue.bundles.sdk.state.Item;
import io.segue.bundles.sdk.state.KeySet;
import io.segue.bundles.sdk.state.Keys;
import io.segue.bundles.sdk.state.Pair;
import io.segue.bundles.sdk.state.PairKey;
import io.segue.bundles.sdk.state.Prefix;
import io.segue.bundles.sdk.state.Schema;
import io.segue.bundles.sdk.state.Table;
import io.segue.bundles.sdk.state.Triple;
import io.segue.bundles.sdk.state.TripleKey;
import io.segue.bundles.sdk.state.Values;
import java.time.Instant;

/**
 * What the store {@code staking} holds, in the places that the Cosmos SDK has for it, and from
 * {@code f0} on what that does not have.
 *
 * <pre>
 * 11 | len | operator                          -> power: a bonded validator as consensus knows it
 * 21 | len | operator                          -> cosmos.staking.v1beta1.Validator
 * 22 | len | consensus address                 -> operator
 * 23 | power | len | operator, inverted        -> operator: who is not jailed, by power
 * 31 | len | delegator | len | operator        -> cosmos.staking.v1beta1.Delegation
 * 32 | len | delegator | len | operator        -> cosmos.staking.v1beta1.UnbondingDelegation
 * 34 | len | delegator | len | from | len | to -> cosmos.staking.v1beta1.Redelegation
 * 37                                           -> number of the last unbonding; else absent
 * 41 | time | the rest of a key of 32          -> 01: one of its entries ends then
 * 42 | time | the rest of a key of 34          -> 01: one of its entries ends then
 * 43 | time | len | operator                   -> 01: its unbonding ends then
 * 51                                           -> cosmos.staking.v1beta1.Params
 * f0                                           -> operator of who decides alone; else absent
 * f1                                           -> 01: the bonded validators are to be chosen again
 * f2 | len | consensus address                 -> segue.staking.v1.Misbehavior: the last evidence
 * </pre>
 *
 * The addresses of an operator and of his account are the same bytes. {@code f1} is there only
 * within a block.
 */
public final class StakingState {
  /** A delegator and the operator of a validator. */
  public static final PairKey<byte[], byte[]> DELEGATION =
      Keys.pair(Keys.address(), Keys.address());

  /** A delegator, the operator that stake comes from, and the one that it goes to. */
  public static final TripleKey<byte[], byte[], byte[]> REDELEGATION =
      Keys.triple(Keys.address(), Keys.address(), Keys.address());

  /** When an unbonding ends, and its key. */
  public static final PairKey<Instant, Pair<byte[], byte[]>> UNBONDING_END =
      Keys.pair(Keys.time(), DELEGATION);

  /** When a redelegation ends, and its key. */
  public static final PairKey<Instant, Triple<byte[], byte[], byte[]>> REDELEGATION_END =
      Keys.pair(Keys.time(), REDELEGATION);

  /** When the unbonding of a validator ends, and its operator. */
  public static final PairKey<Instant, byte[]> VALIDATOR_END =
      Keys.pair(Keys.time(), Keys.address());

  public static final Schema SCHEMA = new Schema();

  /** The power that consensus was told, by operator. */
  public static final Table<byte[], Long> BONDED_POWERS =
      SCHEMA.table("bonded_powers", Prefix.of(0x11), Keys.address(), Values.u64());

  /** By operator; whoever writes one keeps the two indexes after it right. */
  public static final Table<byte[], Validator> VALIDATORS =
      SCHEMA.table(
          "validators",
          Prefix.of(0x21),
          Keys.address(),
          Values.proto(
              Validator.getDefaultInstance(), GenesisJson.withTypes(PubKey.getDefaultInstance())));

  public static final Table<byte[], byte[]> BY_CONSENSUS_ADDRESS =
      SCHEMA.table(
          "validators_by_consensus_address", Prefix.of(0x22), Keys.address(), Values.bytes());

  /** Reversed it gives the highest power first, and of equal ones the lowest operator. */
  public static final Table<Pair<Long, byte[]>, byte[]> BY_POWER =
      SCHEMA.table(
          "validators_by_power",
          Prefix.of(0x23),
          Keys.pair(Keys.u64(), new InvertedAddress()),
          Values.bytes());

  public static final Table<Pair<byte[], byte[]>, Delegation> DELEGATIONS =
      SCHEMA.table(
          "delegations",
          Prefix.of(0x31),
          DELEGATION,
          Values.proto(Delegation.getDefaultInstance()));

  /** Whoever writes one keeps the queue of their ends right. */
  public static final Table<Pair<byte[], byte[]>, UnbondingDelegation> UNBONDINGS =
      SCHEMA.table(
          "unbonding_delegations",
          Prefix.of(0x32),
          DELEGATION,
          Values.proto(UnbondingDelegation.getDefaultInstance()));

  /** Whoever writes one keeps the queue of their ends right. */
  public static final Table<Triple<byte[], byte[], byte[]>, Redelegation> REDELEGATIONS =
      SCHEMA.table(
          "redelegations",
          Prefix.of(0x34),
          REDELEGATION,
          Values.proto(Redelegation.getDefaultInstance()));

  static final Item<Long> LAST_UNBONDING_ID =
      SCHEMA.item("last_unbonding_id", Prefix.of(0x37), Values.u64());

  public static final KeySet<Pair<Instant, Pair<byte[], byte[]>>> UNBONDING_QUEUE =
      SCHEMA.keySet("unbonding_queue", Prefix.of(0x41), UNBONDING_END);

  public static final KeySet<Pair<Instant, Triple<byte[], byte[], byte[]>>> REDELEGATION_QUEUE =
      SCHEMA.keySet("redelegation_queue", Prefix.of(0x42), REDELEGATION_END);

  public static final KeySet<Pair<Instant, byte[]>> VALIDATOR_QUEUE =
      SCHEMA.keySet("validator_queue", Prefix.of(0x43), VALIDATOR_END);

  static final Item<Params> PARAMS =
      SCHEMA.item("params", Prefix.of(0x51), Values.proto(Params.getDefaultInstance()));

  public static final Item<byte[]> DECIDING =
      SCHEMA.item("deciding_validator", Prefix.of(0xf0), Values.bytes());

  public static final Item<Boolean> CHANGED =
      SCHEMA.item("bonded_set_changed", Prefix.of(0xf1), Values.flag());

  /** By consensus address. */
  public static final Table<byte[], Misbehavior> MISBEHAVIOR =
      SCHEMA.table(
          "misbehavior",
          Prefix.of(0xf2),
          Keys.address(),
          Values.proto(Misbehavior.getDefaultInstance()));

  private StakingState() {}
}
