package io.segue.bundles.upgrade;

import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.proto.upgrade.UpgradeParamsProto;
import io.segue.bundles.sdk.proto.upgrade.UpgradeProto;
import io.segue.bundles.sdk.proto.upgrade.UpgradeQueryProto;
import io.segue.bundles.sdk.proto.upgrade.UpgradeTxProto;
import io.segue.bundles.sdk.service.Services;
import io.segue.kernel.api.abci.Abci.ValidatorUpdate;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.MessageHandler;
import io.segue.kernel.api.module.Module;
import io.segue.kernel.api.module.QueryHandler;
import java.util.List;
import java.util.Map;

/**
 * The wire form of upgrades: who may schedule a plan, in which words, and what clients may ask. The
 * plan itself, its rules and the versions of the modules are the kernel's; this module reaches them
 * through {@link io.segue.kernel.api.module.Context#upgrades}. Its member of the genesis is for the
 * kernel to read: what the first generation's digest is.
 *
 * <p>This is version 2.0.0, as plan {@code v3} brings it, written from version 1.0.0. New is {@link
 * LeadTime}: how far ahead a plan has to be scheduled, so that operators have time to prepare.
 */
final class UpgradeModule implements Module {
  static final String NAME = "upgrade";

  private static final long CONSENSUS_VERSION = 2;

  private final LeadTime leadTime = new LeadTime();
  private final Services services;

  UpgradeModule(Addresses addresses) {
    Services.Builder all =
        Services.of(
            addresses,
            UpgradeProto.getDescriptor(),
            UpgradeTxProto.getDescriptor(),
            UpgradeQueryProto.getDescriptor(),
            UpgradeParamsProto.getDescriptor());
    new UpgradeMessages(leadTime).addTo(all);
    new UpgradeQueries(addresses).addTo(all);
    this.services = all.build();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public long consensusVersion() {
    return CONSENSUS_VERSION;
  }

  @Override
  public List<String> stores() {
    return List.of(LeadTime.STORE);
  }

  @Override
  public List<ValidatorUpdate> initGenesis(Context context, byte[] genesisJson) {
    leadTime.init(context.store(), genesisJson);
    return List.of();
  }

  @Override
  public byte[] exportGenesis(Context context) {
    return leadTime.export(context.store());
  }

  /** From consensus version 1, which knew no lead time and had no store. */
  @Override
  public Map<Long, Migration> migrations() {
    return Map.of(1L, context -> leadTime.set(context.store(), LeadTime.DEFAULT_BLOCKS));
  }

  @Override
  public byte[] descriptors() {
    return services.descriptors();
  }

  @Override
  public Map<String, MessageHandler> messages() {
    return services.messages();
  }

  @Override
  public Map<String, QueryHandler> queries() {
    return services.queries();
  }
}
