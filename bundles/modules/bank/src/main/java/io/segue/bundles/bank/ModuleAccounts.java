package io.segue.bundles.bank;

import io.segue.bundles.sdk.Addresses;
import io.segue.kernel.api.module.Platform;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/**
 * The accounts of modules that a chain knows by name, and which of them users may pay. Immutable;
 * the addresses are computed once.
 */
final class ModuleAccounts {
  /** Name of the generation's setting: module names, separated by commas. */
  static final String BLOCKED_SETTING = "bank.blocked";

  /** Modules that users can't pay where the generation sets nothing; governance may be paid. */
  static final List<String> DEFAULT_BLOCKED =
      List.of(
          "fee_collector", "distribution", "mint", "bonded_tokens_pool", "not_bonded_tokens_pool");

  /** Where fees go. */
  static final String FEE_COLLECTOR = "fee_collector";

  private static final String GOVERNANCE = "gov";

  private final TreeMap<byte[], String> blocked = new TreeMap<>(Arrays::compareUnsigned);
  private final byte[] feeCollector = Addresses.module(FEE_COLLECTOR);
  private final byte[] governance = Addresses.module(GOVERNANCE);

  ModuleAccounts(List<String> blockedNames) {
    for (String name : blockedNames) {
      blocked.put(Addresses.module(name), name);
    }
  }

  static ModuleAccounts of(Platform platform) {
    return new ModuleAccounts(
        platform
            .setting(BLOCKED_SETTING)
            .map(names -> List.of(names.split(",")))
            .orElse(DEFAULT_BLOCKED));
  }

  /** Whether users may not send coins there. */
  boolean blocked(byte[] address) {
    return blocked.containsKey(address);
  }

  /** Whether this is a module's account, which its module makes itself. */
  boolean contains(byte[] address) {
    return blocked(address)
        || Arrays.equals(address, feeCollector)
        || Arrays.equals(address, governance);
  }

  byte[] feeCollector() {
    return feeCollector;
  }
}
