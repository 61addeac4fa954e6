package io.segue.bundles.bank;

import io.segue.bundles.sdk.Coins;
import io.segue.bundles.sdk.Pages;
import io.segue.bundles.sdk.SdkErrors;
import io.segue.bundles.sdk.proto.base.PageRequest;
import io.segue.bundles.sdk.proto.base.PageResponse;
import io.segue.kernel.api.module.KVIterator;
import io.segue.kernel.api.module.KVStore;
import io.segue.kernel.api.module.ModuleException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The balances of accounts in the store {@code bank}, kept as {@link BankKeys} draws them. A
 * balance that becomes 0 is removed, and its index entry with it. One read and one write for each
 * denomination; lives for one call.
 */
final class Balances {
  private final KVStore store;

  Balances(KVStore store) {
    this.store = store;
  }

  /** What an account has of a denomination; 0 where it has none. */
  BigInteger of(byte[] address, String denom) {
    byte[] value = store.get(BankKeys.balance(address, denom));
    return value == null ? BigInteger.ZERO : amount(value);
  }

  /**
   * Gives coins to an account.
   *
   * @return whether the account had some of these denominations before
   */
  boolean add(byte[] address, Coins coins) {
    boolean known = false;
    for (Coins.Amount coin : coins) {
      byte[] key = BankKeys.balance(address, coin.denom());
      byte[] before = store.get(key);
      known |= before != null;
      BigInteger sum = before == null ? coin.amount() : amount(before).add(coin.amount());
      put(address, coin.denom(), key, before, sum);
    }
    return known;
  }

  /**
   * Takes coins from an account.
   *
   * @throws ModuleException sdk/5 where it has too few
   */
  void subtract(byte[] address, Coins coins) {
    for (Coins.Amount coin : coins) {
      byte[] key = BankKeys.balance(address, coin.denom());
      byte[] before = store.get(key);
      BigInteger has = before == null ? BigInteger.ZERO : amount(before);
      if (has.compareTo(coin.amount()) < 0) {
        throw SdkErrors.insufficientFunds(
            "spendable balance " + has + coin.denom() + " is smaller than " + coin);
      }
      put(address, coin.denom(), key, before, has.subtract(coin.amount()));
    }
  }

  /** A page of an account's balances, by denomination. */
  PageResponse page(byte[] address, PageRequest request, Consumer<Coins.Amount> taker) {
    return Pages.of(
        store,
        BankKeys.balancesOf(address),
        request,
        (denom, value) -> taker.accept(new Coins.Amount(ascii(denom), amount(value))));
  }

  /** A page of those who hold a denomination, with what they hold, by address. */
  PageResponse owners(String denom, PageRequest request, BiConsumer<byte[], BigInteger> taker) {
    return Pages.of(
        store,
        BankKeys.ownersOf(denom),
        request,
        (key, present) -> {
          byte[] address = BankKeys.addressOfOwner(key);
          taker.accept(address, of(address, denom));
        });
  }

  /** Calls {@code visitor} with every account that has coins, in order of addresses. */
  void forEachAccount(BiConsumer<byte[], Coins> visitor) {
    byte[] account = null;
    List<Coins.Amount> coins = new ArrayList<>();
    try (KVIterator entries = store.prefix(BankKeys.BALANCE)) {
      while (entries.next()) {
        byte[] address = BankKeys.addressInBalance(entries.key());
        if (account != null && !Arrays.equals(account, address)) {
          visitor.accept(account, Coins.of(coins));
          coins.clear();
        }
        account = address;
        coins.add(
            new Coins.Amount(BankKeys.denomInBalance(entries.key()), amount(entries.value())));
      }
    }
    if (account != null) {
      visitor.accept(account, Coins.of(coins));
    }
  }

  /** A stored amount. */
  static BigInteger amount(byte[] value) {
    return new BigInteger(ascii(value));
  }

  /** How an amount is stored. */
  static byte[] bytes(BigInteger amount) {
    return amount.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private void put(
      byte[] address, String denom, byte[] key, byte @Nullable [] before, BigInteger after) {
    if (after.signum() == 0) {
      store.delete(key);
      store.delete(BankKeys.index(address, denom));
      return;
    }
    store.set(key, bytes(after));
    if (before == null) {
      store.set(BankKeys.index(address, denom), BankKeys.PRESENT);
    }
  }

  private static String ascii(byte[] bytes) {
    return new String(bytes, StandardCharsets.US_ASCII);
  }
}
