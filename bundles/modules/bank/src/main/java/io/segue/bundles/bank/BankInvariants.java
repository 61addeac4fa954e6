package io.segue.bundles.bank;

import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.KVIterator;
import io.segue.kernel.api.module.KVStore;
import io.segue.kernel.api.module.Module.Invariant;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What always holds of the bank's state. */
final class BankInvariants {
  private BankInvariants() {}

  static Map<String, Invariant> all() {
    Map<String, Invariant> all = new TreeMap<>();
    all.put("total-supply", BankInvariants::totalSupply);
    all.put("positive-balances", BankInvariants::positiveBalances);
    all.put("index", BankInvariants::index);
    return all;
  }

  /** All balances of a denomination add up to its supply. */
  private static Optional<String> totalSupply(Context context) {
    SortedMap<String, BigInteger> sums = new TreeMap<>();
    new Balances(context.store())
        .forEachAccount(
            (address, coins) ->
                coins.forEach(coin -> sums.merge(coin.denom(), coin.amount(), BigInteger::add)));
    SortedMap<String, BigInteger> supply = new Supply(context.store()).all();
    return sums.equals(supply)
        ? Optional.empty()
        : Optional.of("balances add up to " + sums + ", the supply is " + supply);
  }

  /** No balance is 0 or less. */
  private static Optional<String> positiveBalances(Context context) {
    try (KVIterator entries = context.store().prefix(BankKeys.BALANCE)) {
      while (entries.next()) {
        if (Balances.amount(entries.value()).signum() <= 0) {
          return wrong("balance", entries.key(), "is not positive");
        }
      }
    }
    return Optional.empty();
  }

  /** Every balance has its index entry, and every index entry its balance. */
  private static Optional<String> index(Context context) {
    KVStore store = context.store();
    long balances = 0;
    try (KVIterator entries = store.prefix(BankKeys.BALANCE)) {
      while (entries.next()) {
        byte[] key = entries.key();
        if (!store.has(
            BankKeys.index(BankKeys.addressInBalance(key), BankKeys.denomInBalance(key)))) {
          return wrong("balance", key, "has no index entry");
        }
        balances++;
      }
    }
    long indexed = 0;
    try (KVIterator entries = store.prefix(BankKeys.INDEX)) {
      while (entries.next()) {
        indexed++;
      }
    }
    return balances == indexed
        ? Optional.empty()
        : Optional.of(indexed + " index entries for " + balances + " balances");
  }

  private static Optional<String> wrong(String what, byte[] key, String how) {
    return Optional.of(what + " " + HexFormat.of().formatHex(key) + " " + how);
  }
}
