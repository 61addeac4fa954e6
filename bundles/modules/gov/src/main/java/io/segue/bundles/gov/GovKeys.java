package io.segue.bundles.gov;

import io.segue.bundles.sdk.Times;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * Where governance keeps what; the same places as in the Cosmos SDK 0.50, and behind them what it
 * does not have.
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
 *
 * Numbers of proposals have 8 bytes, big endian; an address has one byte of length before it; an
 * end is text of 29 ASCII characters, {@code 2026-11-23T21:27:35.132737504}, so that the order of
 * keys is the order of time.
 */
final class GovKeys {
  static final byte[] PROPOSALS = {0x00};
  static final byte[] VOTING_QUEUE = {0x01};
  static final byte[] DEPOSIT_QUEUE = {0x02};
  static final byte[] NEXT_ID = {0x03};
  static final byte[] IN_VOTING = {0x04};
  static final byte[] DEPOSITS = {0x10};
  static final byte[] VOTES = {0x20};
  static final byte[] PARAMS = {0x30};
  static final byte[] CONSTITUTION = {0x31};
  static final byte[] CLOSED_UNTIL = {(byte) 0xf0};
  static final byte[] COUNT = {(byte) 0xf1};
  static final byte[] SETTLEMENTS = {(byte) 0xf2};
  static final byte[] HELD = {(byte) 0xf3};

  private GovKeys() {}

  static byte[] proposal(long id) {
    return join(PROPOSALS, number(id));
  }

  static byte[] inVoting(long id) {
    return join(IN_VOTING, number(id));
  }

  static byte[] settlement(long id) {
    return join(SETTLEMENTS, number(id));
  }

  static byte[] held(String denom) {
    return join(HELD, denom.getBytes(StandardCharsets.US_ASCII));
  }

  /** The denomination in a key of {@link #held}. */
  static String heldDenom(byte[] key) {
    return new String(key, 1, key.length - 1, StandardCharsets.US_ASCII);
  }

  static byte[] queued(byte[] queue, Instant end, long id) {
    return join(queuedUntil(queue, end), number(id));
  }

  /** What the keys of all proposals start with whose period ends at {@code end}. */
  static byte[] queuedUntil(byte[] queue, Instant end) {
    return join(queue, Times.key(end));
  }

  /** What the keys of a proposal's deposits or votes start with. */
  static byte[] rows(byte[] prefix, long id) {
    return join(prefix, number(id));
  }

  static byte[] row(byte[] prefix, long id, byte[] account) {
    return join(rows(prefix, id), address(account));
  }

  static byte[] number(long id) {
    return ByteBuffer.allocate(Long.BYTES).putLong(id).array();
  }

  static long number(byte[] bytes) {
    return ByteBuffer.wrap(bytes).getLong();
  }

  private static byte[] address(byte[] address) {
    return ByteBuffer.allocate(1 + address.length).put((byte) address.length).put(address).array();
  }

  private static byte[] join(byte[] first, byte[] second) {
    return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
  }
}
