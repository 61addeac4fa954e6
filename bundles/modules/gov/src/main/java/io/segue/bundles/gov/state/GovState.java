package io.segue.bundles.gov.state;

import io.segue.bundles.sdk.proto.gov.Count;
import io.segue.bundles.sdk.proto.gov.Deposit;
import io.segue.bundles.sdk.proto.gov.Params;
import io.segue.bundles.sdk.proto.gov.Proposal;
import io.segue.bundles.sdk.proto.gov.Settlement;
import io.segue.bundles.sdk.proto.gov.Vote;
import io.segue.bundles.sdk.state.Item;
import io.segue.bundles.sdk.state.KeySet;
import io.segue.bundles.sdk.state.Keys;
import io.segue.bundles.sdk.state.Pair;
import io.segue.bundles.sdk.state.PairKey;
import io.segue.bundles.sdk.state.Prefix;
import io.segue.bundles.sdk.state.Schema;
import io.segue.bundles.sdk.state.Sequence;
import io.segue.bundles.sdk.state.Table;
import io.segue.bundles.sdk.state.Values;
import java.math.BigInteger;
import java.time.Instant;

/**
 * What the store {@code gov} holds: the same places as in the Cosmos SDK 0.50, and behind them what
 * it does not have.
 *
 * <pre>
 * key                              value
 * 00 | id                          Proposal
 * 01 | voting end | id             id             a proposal in its voting period
 * 02 | deposit end | id            id             a proposal in its deposit period
 * 03                               id             of the next proposal
 * 04 | id                          01             a proposal in its voting period
 * 10 | id | length | address       Deposit
 * 20 | id | length | address       Vote
 * 30                               Params
 * 31                               UTF-8          the constitution; absent where it is empty
 * f0                               end            until which closed proposals wait; else absent
 * f1                               Count          of the proposal that is being counted
 * f2 | id                          Settlement     of a closed proposal that still has rows
 * f3 | denom                       decimal        amount that lies here as deposits
 * </pre>
 */
public final class GovState {
  /** Name of the module; of its store, its account and its codespace, too. */
  public static final String NAME = "gov";

  /** When the period of a proposal ends, and the proposal. */
  public static final PairKey<Instant, Long> PERIOD_END = Keys.pair(Keys.time(), Keys.u64());

  /** A proposal and an account. */
  public static final PairKey<Long, byte[]> BY_ACCOUNT = Keys.pair(Keys.u64(), Keys.address());

  public static final Schema SCHEMA = new Schema();

  /** Whoever writes one keeps the three collections after it right. */
  public static final Table<Long, Proposal> PROPOSALS =
      SCHEMA.table("proposals", Prefix.of(0x00), Keys.u64(), new ProposalCodec());

  public static final Table<Pair<Instant, Long>, Long> VOTING_QUEUE =
      SCHEMA.table("voting_queue", Prefix.of(0x01), PERIOD_END, Values.u64());

  public static final Table<Pair<Instant, Long>, Long> DEPOSIT_QUEUE =
      SCHEMA.table("deposit_queue", Prefix.of(0x02), PERIOD_END, Values.u64());

  /** Whether votes on a proposal are taken; cheaper than reading it. */
  public static final KeySet<Long> IN_VOTING =
      SCHEMA.keySet("in_voting", Prefix.of(0x04), Keys.u64());

  public static final Sequence NEXT_ID = SCHEMA.sequence("next_proposal_id", Prefix.of(0x03), 1);

  public static final Table<Pair<Long, byte[]>, Deposit> DEPOSITS =
      SCHEMA.table(
          "deposits", Prefix.of(0x10), BY_ACCOUNT, Values.proto(Deposit.getDefaultInstance()));

  public static final Table<Pair<Long, byte[]>, Vote> VOTES =
      SCHEMA.table("votes", Prefix.of(0x20), BY_ACCOUNT, Values.proto(Vote.getDefaultInstance()));

  static final Item<Params> PARAMS =
      SCHEMA.item("params", Prefix.of(0x30), Values.proto(Params.getDefaultInstance()));

  /** A text that a chain gives itself at its genesis; governance says what it means. */
  public static final Item<String> CONSTITUTION =
      SCHEMA.item("constitution", Prefix.of(0x31), Values.text());

  public static final Item<Instant> CLOSED_UNTIL =
      SCHEMA.item("closed_until", Prefix.of(0xf0), Values.time());

  public static final Item<Count> COUNT =
      SCHEMA.item("count", Prefix.of(0xf1), Values.proto(Count.getDefaultInstance()));

  public static final Table<Long, Settlement> SETTLEMENTS =
      SCHEMA.table(
          "settlements",
          Prefix.of(0xf2),
          Keys.u64(),
          Values.proto(Settlement.getDefaultInstance()));

  /** How much of each denomination lies here as deposits. */
  public static final Table<String, BigInteger> HELD =
      SCHEMA.table("held", Prefix.of(0xf3), Keys.text(), Values.decimal());

  private GovState() {}
}
