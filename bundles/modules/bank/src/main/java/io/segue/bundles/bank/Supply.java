package io.segue.bundles.bank;

import io.segue.bundles.sdk.Coins;
import io.segue.bundles.sdk.SdkErrors;
import io.segue.kernel.api.module.KVIterator;
import io.segue.kernel.api.module.KVStore;
import io.segue.kernel.api.module.ModuleException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;

/** How many coins there are of each denomination, in the store {@code bank}; lives for one call. */
final class Supply {
  private final KVStore store;

  Supply(KVStore store) {
    this.store = store;
  }

  /** How many there are; 0 where there are none. */
  BigInteger of(String denom) {
    byte[] value = store.get(BankKeys.supply(denom));
    return value == null ? BigInteger.ZERO : Balances.amount(value);
  }

  /** Every denomination there is. */
  SortedMap<String, BigInteger> all() {
    SortedMap<String, BigInteger> all = new TreeMap<>();
    try (KVIterator entries = store.prefix(BankKeys.SUPPLY)) {
      while (entries.next()) {
        all.put(BankKeys.denomBehindPrefix(entries.key()), Balances.amount(entries.value()));
      }
    }
    return all;
  }

  /** An entry of the list of supplies; {@code denom} is its key without the prefix. */
  static Coins.Amount coin(byte[] denom, byte[] value) {
    return new Coins.Amount(new String(denom, StandardCharsets.US_ASCII), Balances.amount(value));
  }

  /**
   * More coins.
   *
   * @throws ModuleException sdk/10 where there would be 2^256 of a denomination, or more
   */
  void grow(Coins coins) {
    for (Coins.Amount coin : coins) {
      BigInteger after = of(coin.denom()).add(coin.amount());
      if (after.bitLength() > Coins.MAX_BITS) {
        throw SdkErrors.invalidCoins(
            coin + " would raise the supply over " + Coins.MAX_BITS + " bits");
      }
      set(coin.denom(), after);
    }
  }

  /** Fewer coins; balances that sum up to the supply were reduced before. */
  void shrink(Coins coins) {
    for (Coins.Amount coin : coins) {
      set(coin.denom(), of(coin.denom()).subtract(coin.amount()));
    }
  }

  private void set(String denom, BigInteger amount) {
    if (amount.signum() == 0) {
      store.delete(BankKeys.supply(denom));
    } else {
      store.set(BankKeys.supply(denom), Balances.bytes(amount));
    }
  }
}
