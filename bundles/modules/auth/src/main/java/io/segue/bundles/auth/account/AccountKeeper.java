package io.segue.bundles.auth.account;

import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.proto.auth.BaseAccount;
import io.segue.bundles.sdk.proto.auth.Params;
import io.segue.bundles.sdk.state.Item;
import io.segue.bundles.sdk.state.Keys;
import io.segue.bundles.sdk.state.Prefix;
import io.segue.bundles.sdk.state.Schema;
import io.segue.bundles.sdk.state.Sequence;
import io.segue.bundles.sdk.state.Table;
import io.segue.bundles.sdk.state.Values;
import io.segue.kernel.api.module.KVStore;
import java.util.List;
import java.util.Optional;

/**
 * The accounts and the parameters in store {@code acc}. Keeps nothing itself, so any thread may
 * call.
 */
public final class AccountKeeper {
  private final Addresses addresses;
  private final Item<Params> params;
  private final Table<byte[], Account> accounts;
  private final Sequence nextNumber;
  private final Table<String, byte[]> modules;
  private final Table<Long, byte[]> numbers;

  /** Declares what the store holds. */
  public AccountKeeper(Addresses addresses, Schema schema) {
    this.addresses = addresses;
    params = schema.item("params", Prefix.of(0), Values.proto(Params.getDefaultInstance()));
    accounts = schema.table("accounts", Prefix.of(1), Keys.bytes(), Account.STORED);
    nextNumber = schema.sequence("next_account_number", Prefix.of(2));
    modules = schema.table("module_accounts", Prefix.of(3), Keys.text(), Values.bytes());
    numbers =
        schema.table("account_numbers", Prefix.of("accountNumber"), Keys.u64(), Values.bytes());
  }

  /** The parameters in force. */
  public Params params(KVStore store) {
    return params.getOr(store, AuthParams.DEFAULT);
  }

  /**
   * Replaces the parameters.
   *
   * @throws IllegalArgumentException where one is out of its bounds; names it
   */
  void setParams(KVStore store, Params changed) {
    AuthParams.check(changed);
    params.set(store, changed);
  }

  /** The accounts by address, to be read. */
  public Table<byte[], Account> accounts() {
    return accounts;
  }

  /** The addresses of modules that have an account, by name; to be read. */
  public Table<String, byte[]> modules() {
    return modules;
  }

  /** The account of an address. */
  public Optional<Account> find(KVStore store, byte[] address) {
    return accounts.find(store, address);
  }

  /** The address that has an account number. */
  public Optional<byte[]> addressOf(KVStore store, long number) {
    return numbers.find(store, number);
  }

  /** The number that the next account gets. */
  Sequence nextNumber() {
    return nextNumber;
  }

  /** Makes an account with the next number, of an address that has none. */
  Account create(KVStore store, byte[] address) {
    Account account =
        Account.of(
            BaseAccount.newBuilder()
                .setAccountNumber(nextNumber.next(store))
                .setAddress(addresses.account(address))
                .build());
    add(store, address, account);
    return account;
  }

  /** Writes an account that is new, with the number that it brings. */
  void add(KVStore store, byte[] address, Account account) {
    save(store, address, account);
    numbers.set(store, account.number(), address);
    account.moduleName().ifPresent(name -> modules.set(store, name, address));
  }

  /** Writes an account that was there before. */
  public void save(KVStore store, byte[] address, Account account) {
    accounts.set(store, address, account);
  }

  /** Makes a module's account; one that is there already stays as it is. */
  void ensureModule(KVStore store, String name, List<String> permissions) {
    byte[] address = Addresses.module(name);
    Optional<Account> found = find(store, address);
    if (found.map(Account::isModule).orElse(false)) {
      return;
    }
    Account account = found.orElseGet(() -> create(store, address));
    save(store, address, account.ownedBy(name, permissions));
    modules.set(store, name, address);
  }
}
