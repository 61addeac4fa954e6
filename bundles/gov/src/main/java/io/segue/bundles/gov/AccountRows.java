package io.segue.bundles.gov;

import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
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

  void remove(long proposalId, byte[] account) {
    store.delete(GovKeys.row(prefix, proposalId, account));
  }

  /** The rows of a proposal, by address. */
  List<Row<M>> of(long proposalId) {
    byte[] rows = GovKeys.rows(prefix, proposalId);
    List<Row<M>> list = new ArrayList<>();
    try (KVIterator entries = store.prefix(rows)) {
      while (entries.next()) {
        byte[] key = entries.key();
        byte[] account = Arrays.copyOfRange(key, rows.length + 1, key.length);
        list.add(new Row<>(account, Proto.stored(parser, entries.value())));
      }
    }
    return list;
  }

  /** Removes the rows of a proposal. */
  void removeAll(long proposalId) {
    List<byte[]> keys = new ArrayList<>();
    try (KVIterator entries = store.prefix(GovKeys.rows(prefix, proposalId))) {
      while (entries.next()) {
        keys.add(entries.key());
      }
    }
    keys.forEach(store::delete);
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
