package io.segue.bundles.staking;

import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.proto.staking.Validator;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.KVIterator;
import io.segue.kernel.api.module.Module.Migration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Consensus version 1 to 2: enters every bonded validator in the index by power. A chain has some
 * hundred validators, so they are held in memory; delegations are not touched.
 */
final class PowerIndexMigration implements Migration {
  private final Addresses addresses;

  PowerIndexMigration(Addresses addresses) {
    this.addresses = addresses;
  }

  /**
   * Writes the index.
   *
   * @throws IllegalStateException where something of it is there already
   */
  @Override
  public void migrate(Context context) {
    try (KVIterator entries = context.store().prefix(StakingKeys.POWER)) {
      if (entries.next()) {
        throw new IllegalStateException(
            "store "
                + StakingModule.STORE
                + " of consensus version 1 has a key of version 2, "
                + HexFormat.of().formatHex(entries.key()));
      }
    }
    Stakes stakes = new Stakes(context.store());
    List<Validator> validators = new ArrayList<>();
    stakes.forEachValidator(validators::add);
    for (Validator validator : validators) {
      stakes.index(addresses.parseOperator(validator.getOperatorAddress()), validator);
    }
  }
}
