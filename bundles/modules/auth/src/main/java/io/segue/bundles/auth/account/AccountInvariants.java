package io.segue.bundles.auth.account;

import io.segue.bundles.sdk.Addresses;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.KVIterator;
import io.segue.kernel.api.module.Module;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What always holds of the accounts. */
public final class AccountInvariants {
  private final Addresses addresses;

  public AccountInvariants(Addresses addresses) {
    this.addresses = addresses;
  }

  /** The statements by name. */
  public Map<String, Module.Invariant> all() {
    return new TreeMap<>(
        Map.of(
            "account-numbers",
            this::numbersAreUnique,
            "account-addresses",
            this::addressesAreKeys));
  }

  /** Each number is below the next one and leads back to its account. */
  private Optional<String> numbersAreUnique(Context context) {
    Accounts accounts = new Accounts(context.store(), addresses);
    long next = accounts.nextNumber();
    try (KVIterator entries = accounts.iterate()) {
      while (entries.next()) {
        byte[] address = address(entries.key());
        long number = Account.parse(entries.value()).number();
        byte[] indexed = accounts.addressOf(number);
        if (Long.compareUnsigned(number, next) >= 0 || !Arrays.equals(address, indexed)) {
          return Optional.of(
              "account "
                  + addresses.account(address)
                  + " has number "
                  + number
                  + ", which leads elsewhere or is not below the next number "
                  + next);
        }
      }
    }
    return Optional.empty();
  }

  /** Each account stands under its own address. */
  private Optional<String> addressesAreKeys(Context context) {
    try (KVIterator entries = new Accounts(context.store(), addresses).iterate()) {
      while (entries.next()) {
        String expected = addresses.account(address(entries.key()));
        String actual = Account.parse(entries.value()).base().getAddress();
        if (!actual.equals(expected)) {
          return Optional.of("account " + actual + " stands under the key of " + expected);
        }
      }
    }
    return Optional.empty();
  }

  private static byte[] address(byte[] key) {
    return Arrays.copyOfRange(key, Accounts.ACCOUNT_PREFIX.length, key.length);
  }
}
