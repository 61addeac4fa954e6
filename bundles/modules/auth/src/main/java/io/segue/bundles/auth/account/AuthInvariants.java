package io.segue.bundles.auth.account;

import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.state.Range;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.KVStore;
import io.segue.kernel.api.module.Module;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What always holds of the accounts. */
public final class AuthInvariants {
  private final Addresses addresses;
  private final AccountKeeper keeper;

  public AuthInvariants(Addresses addresses, AccountKeeper keeper) {
    this.addresses = addresses;
    this.keeper = keeper;
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
    KVStore store = context.store();
    long next = keeper.nextNumber().peek(store);
    return keeper
        .accounts()
        .firstKey(
            store,
            Range.all(),
            (address, account) ->
                Long.compareUnsigned(account.number(), next) >= 0
                    || !leadsTo(store, account.number(), address))
        .map(
            address ->
                "account "
                    + addresses.account(address)
                    + " has a number that leads elsewhere or is not below the next number "
                    + next);
  }

  private boolean leadsTo(KVStore store, long number, byte[] address) {
    return keeper
        .addressOf(store, number)
        .filter(indexed -> Arrays.equals(indexed, address))
        .isPresent();
  }

  /** Each account stands under its own address. */
  private Optional<String> addressesAreKeys(Context context) {
    return keeper
        .accounts()
        .firstKey(
            context.store(),
            Range.all(),
            (address, account) -> !account.base().getAddress().equals(addresses.account(address)))
        .map(address -> "another account stands under the key of " + addresses.account(address));
  }
}
