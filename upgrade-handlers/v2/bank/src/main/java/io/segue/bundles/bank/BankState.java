package io.segue.bundles.bank;

import io.segue.bundles.sdk.Coins;
import io.segue.bundles.sdk.SdkErrors;
import io.segue.bundles.sdk.proto.bank.Metadata;
import io.segue.bundles.sdk.proto.bank.Params;
import io.segue.bundles.sdk.state.IndexedTable;
import io.segue.bundles.sdk.state.Item;
import io.segue.bundles.sdk.state.KeySet;
import io.segue.bundles.sdk.state.Keys;
import io.segue.bundles.sdk.state.Pair;
import io.segue.bundles.sdk.state.PairKey;
import io.segue.bundles.sdk.state.Prefix;
import io.segue.bundles.sdk.state.Range;
import io.segue.bundles.sdk.state.Schema;
import io.segue.bundles.sdk.state.Table;
import io.segue.bundles.sdk.state.Values;
import io.segue.kernel.api.module.KVStore;
import io.segue.kernel.api.module.ModuleException;
import java.math.BigInteger;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the store {@code bank} holds in consensus version 2: the balances of one denomination lie
 * together, one behind the other by address, and an index leads from an account to its
 * denominations. A balance or supply that becomes 0 is removed. Version 1 had the balances under 02
 * by address and then denomination, and an index by denomination under 03.
 */
final class BankState {
  /** A denomination and an account. */
  static final PairKey<String, byte[]> BALANCE = Keys.pair(Keys.shortText(), Keys.bytes());

  /** An account and a denomination. */
  static final PairKey<byte[], String> HOLDING = Keys.pair(Keys.address(), Keys.text());

  /** How many coins there are of each denomination. */
  final Table<String, BigInteger> supply;

  /** How a denomination is shown. */
  final Table<String, Metadata> metadata;

  final Item<Params> params;

  final IndexedTable<Pair<String, byte[]>, BigInteger> balances;

  /** Which denominations an account holds. */
  final KeySet<Pair<byte[], String>> holdings;

  /** The share of fees that is burned; absent where nothing is. */
  final Item<io.segue.upgrade.handlers.v2.bank.proto.Params> feeBurn;

  BankState(Schema schema) {
    supply = schema.table("supply", Prefix.of(0), Keys.text(), Values.decimal());
    metadata =
        schema.table(
            "denom_metadata",
            Prefix.of(1),
            Keys.text(),
            Values.proto(Metadata.getDefaultInstance()));
    params = schema.item("params", Prefix.of(5), Values.proto(Params.getDefaultInstance()));
    balances = schema.indexedTable("balances", Prefix.of(6), BALANCE, Values.decimal());
    holdings = schema.keySet("holdings", Prefix.of(7), HOLDING, 0);
    feeBurn =
        schema.item(
            "v2_params",
            Prefix.of(8),
            Values.proto(io.segue.upgrade.handlers.v2.bank.proto.Params.getDefaultInstance()));
    balances.index(holdings, key -> Pair.of(key.second(), key.first()));
  }

  /** What an account has of a denomination; 0 where it has none. */
  BigInteger balance(KVStore store, byte[] address, String denom) {
    return balances.rows().getOr(store, Pair.of(denom, address), BigInteger.ZERO);
  }

  /**
   * Gives coins to an account.
   *
   * @return whether the account had some of these denominations before
   */
  boolean add(KVStore store, byte[] address, Coins coins) {
    boolean known = false;
    for (Coins.Amount coin : coins) {
      Pair<String, byte[]> key = Pair.of(coin.denom(), address);
      Optional<BigInteger> before = balances.rows().find(store, key);
      known |= before.isPresent();
      balances.replace(
          store, key, before, Optional.of(before.orElse(BigInteger.ZERO).add(coin.amount())));
    }
    return known;
  }

  /**
   * Takes coins from an account.
   *
   * @throws ModuleException sdk/5 where it has too few
   */
  void subtract(KVStore store, byte[] address, Coins coins) {
    for (Coins.Amount coin : coins) {
      Pair<String, byte[]> key = Pair.of(coin.denom(), address);
      Optional<BigInteger> before = balances.rows().find(store, key);
      BigInteger has = before.orElse(BigInteger.ZERO);
      if (has.compareTo(coin.amount()) < 0) {
        throw SdkErrors.insufficientFunds(
            "spendable balance " + has + coin.denom() + " is smaller than " + coin);
      }
      balances.replace(
          store,
          key,
          before,
          Optional.of(has.subtract(coin.amount())).filter(left -> left.signum() != 0));
    }
  }

  /**
   * More coins in the supply.
   *
   * @throws ModuleException sdk/10 where there would be 2^256 of a denomination, or more
   */
  void grow(KVStore store, Coins coins) {
    for (Coins.Amount coin : coins) {
      BigInteger after = supply.getOr(store, coin.denom(), BigInteger.ZERO).add(coin.amount());
      if (after.bitLength() > Coins.MAX_BITS) {
        throw SdkErrors.invalidCoins(
            coin + " would raise the supply over " + Coins.MAX_BITS + " bits");
      }
      supply.set(store, coin.denom(), after);
    }
  }

  /** Fewer coins in the supply; balances that sum up to it were reduced before. */
  void shrink(KVStore store, Coins coins) {
    for (Coins.Amount coin : coins) {
      BigInteger after = supply.getOr(store, coin.denom(), BigInteger.ZERO).subtract(coin.amount());
      if (after.signum() == 0) {
        supply.remove(store, coin.denom());
      } else {
        supply.set(store, coin.denom(), after);
      }
    }
  }

  /** The supply of every denomination. */
  SortedMap<String, BigInteger> supplies(KVStore store) {
    SortedMap<String, BigInteger> all = new TreeMap<>();
    supply.forEach(store, Range.all(), all::put);
    return all;
  }
}
