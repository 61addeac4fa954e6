package io.segue.bundles.auth.account;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.proto.auth.BaseAccount;
import io.segue.kernel.api.module.KVIterator;
import io.segue.kernel.api.module.KVStore;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The accounts in store {@code acc}. A view for the length of one call.
 *
 * <pre>
 *   00                            parameters ({@link AuthParams})
 *   01 address                    Any(BaseAccount or ModuleAccount)
 *   02                            next account number, 8 bytes big endian
 *   03 name                       address of the module's account
 *   "accountNumber" number        address; the number is 8 bytes big endian
 * </pre>
 */
public final class Accounts {
  /** How keys of accounts begin. */
  public static final byte[] ACCOUNT_PREFIX = {1};

  private static final byte[] NEXT_NUMBER = {2};
  private static final byte[] MODULE_PREFIX = {3};
  private static final byte[] NUMBER_PREFIX = "accountNumber".getBytes(US_ASCII);

  private final KVStore store;
  private final Addresses addresses;

  public Accounts(KVStore store, Addresses addresses) {
    this.store = store;
    this.addresses = addresses;
  }

  /** The account of an address, or null. */
  public @Nullable Account find(byte[] address) {
    byte[] stored = store.get(key(ACCOUNT_PREFIX, address));
    return stored == null ? null : Account.parse(stored);
  }

  /** Whether an address has an account. */
  public boolean has(byte[] address) {
    return store.has(key(ACCOUNT_PREFIX, address));
  }

  /** The address that has an account number, or null. */
  public byte @Nullable [] addressOf(long number) {
    return store.get(key(NUMBER_PREFIX, bigEndian(number)));
  }

  /** Makes an account with the next number, of an address that has none. */
  public Account create(byte[] address) {
    long number = nextNumber();
    setNextNumber(number + 1);
    Account account =
        Account.of(
            BaseAccount.newBuilder()
                .setAddress(addresses.account(address))
                .setAccountNumber(number)
                .build());
    add(address, account);
    return account;
  }

  /** Writes an account that is new, with the number that it brings. */
  public void add(byte[] address, Account account) {
    save(address, account);
    store.set(key(NUMBER_PREFIX, bigEndian(account.number())), address);
    account.moduleName().ifPresent(name -> index(name, address));
  }

  /** Writes an account that was there before. */
  public void save(byte[] address, Account account) {
    store.set(key(ACCOUNT_PREFIX, address), account.toAny().toByteArray());
  }

  /** Makes a module's account; one that is there already stays as it is. */
  public void ensureModule(String name, List<String> permissions) {
    byte[] address = Addresses.module(name);
    Account account = find(address);
    if (account != null && account.isModule()) {
      return;
    }
    Account base = account == null ? create(address) : account;
    save(address, base.ownedBy(name, permissions));
    index(name, address);
  }

  /** Names and addresses of the modules that have an account, by name. */
  public TreeMap<String, byte[]> modules() {
    TreeMap<String, byte[]> modules = new TreeMap<>();
    try (KVIterator entries = store.prefix(MODULE_PREFIX)) {
      while (entries.next()) {
        byte[] key = entries.key();
        modules.put(new String(key, 1, key.length - 1, UTF_8), entries.value());
      }
    }
    return modules;
  }

  /** The number that the next account gets. */
  public long nextNumber() {
    byte[] stored = store.get(NEXT_NUMBER);
    return stored == null ? 0 : ByteBuffer.wrap(stored).getLong();
  }

  /** Sets the number that the next account gets. */
  public void setNextNumber(long number) {
    store.set(NEXT_NUMBER, bigEndian(number));
  }

  /** All entries of accounts, by address. */
  public KVIterator iterate() {
    return store.prefix(ACCOUNT_PREFIX);
  }

  private void index(String name, byte[] address) {
    store.set(key(MODULE_PREFIX, name.getBytes(UTF_8)), address);
  }

  private static byte[] key(byte[] prefix, byte[] rest) {
    byte[] key = new byte[prefix.length + rest.length];
    System.arraycopy(prefix, 0, key, 0, prefix.length);
    System.arraycopy(rest, 0, key, prefix.length, rest.length);
    return key;
  }

  private static byte[] bigEndian(long number) {
    return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
  }
}
