package io.segue.bundles.gov;

import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import io.segue.bundles.sdk.Budget;
import io.segue.bundles.sdk.Proto;
import io.segue.bundles.sdk.proto.gov.Deposit;
import io.segue.bundles.sdk.proto.gov.Vote;
import io.segue.kernel.api.module.KVIterator;
import io.segue.kernel.api.module.KVStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What accounts did on proposals, one row for each account and proposal: deposits, or votes. Valid
 * as long as the context whose store it was made with.
 *
 * @param <M> what a row holds
 */
final class AccountRows<M extends MessageLite> {
  /** How many rows are in memory at once. */
  private static final int PAGE = 64;

  private final KVStore store;
  private final byte[] prefix;
  private final Parser<M> parser;

  private AccountRows(KVStore store, byte[] prefix, Parser<M> parser) {
    this.store = store;
    this.prefix = prefix;
    this.parser = parser;
  }

  static AccountRows<Deposit> deposits(KVStore store) {
    return new AccountRows<>(store, GovKeys.DEPOSITS, Deposit.parser());
  }

  static AccountRows<Vote> votes(KVStore store) {
    return new AccountRows<>(store, GovKeys.VOTES, Vote.parser());
  }

  /** A row with the raw address of its account. */
  record Row<M>(byte[] account, M value) {}

  Optional<M> find(long proposalId, byte[] account) {
    byte[] value = store.get(GovKeys.row(prefix, proposalId, account));
    return value == null ? Optional.empty() : Optional.of(Proto.stored(parser, value));
  }

  boolean has(long proposalId, byte[] account) {
    return store.has(GovKeys.row(prefix, proposalId, account));
  }

  void put(long proposalId, byte[] account, M value) {
    store.set(GovKeys.row(prefix, proposalId, account), value.toByteArray());
  }

  /** The rows of a proposal, by address. */
  void forEach(long proposalId, Consumer<Row<M>> visitor) {
    byte[] rows = GovKeys.rows(prefix, proposalId);
    try (KVIterator entries = store.prefix(rows)) {
      while (entries.next()) {
        visitor.accept(row(rows, entries));
      }
    }
  }

  /**
   * Takes the rows of a proposal away, by address, one at least and then as many as the budget
   * allows.
   *
   * @param visitor gets each row before it is removed
   * @return whether none is left
   */
  boolean drain(long proposalId, Budget budget, Consumer<Row<M>> visitor) {
    byte[] from = GovKeys.rows(prefix, proposalId);
    boolean first = true;
    while (true) {
      List<Row<M>> page = page(proposalId, from);
      if (page.isEmpty()) {
        return true;
      }
      for (Row<M> row : page) {
        if (!first && !budget.left()) {
          return false;
        }
        first = false;
        visitor.accept(row);
        from = GovKeys.row(prefix, proposalId, row.account());
        store.delete(from);
      }
    }
  }

  /** The first rows of a proposal from a key on: collected, because the state may change next. */
  private List<Row<M>> page(long proposalId, byte[] from) {
    byte[] rows = GovKeys.rows(prefix, proposalId);
    List<Row<M>> page = new ArrayList<>(PAGE);
    try (KVIterator entries = store.iterate(from, KVStore.prefixEnd(rows))) {
      while (page.size() < PAGE && entries.next()) {
        page.add(row(rows, entries));
      }
    }
    return page;
  }

  private Row<M> row(byte[] rows, KVIterator entry) {
    byte[] account = Arrays.copyOfRange(entry.key(), rows.length + 1, entry.key().length);
    return new Row<>(account, Proto.stored(parser, entry.value()));
  }

  /** All rows, by proposal and address. */
  void forEach(Consumer<M> visitor) {
    try (KVIterator entries = store.prefix(prefix)) {
      while (entries.next()) {
        visitor.accept(Proto.stored(parser, entries.value()));
      }
    }
  }
}
