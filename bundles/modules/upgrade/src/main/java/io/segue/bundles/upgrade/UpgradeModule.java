package io.segue.bundles.upgrade;

import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.proto.upgrade.UpgradeParamsProto;
import io.segue.bundles.sdk.proto.upgrade.UpgradeProto;
import io.segue.bundles.sdk.proto.upgrade.UpgradeQueryProto;
import io.segue.bundles.sdk.proto.upgrade.UpgradeTxProto;
import io.segue.bundles.sdk.service.Services;
import io.segue.kernel.api.module.MessageHandler;
import io.segue.kernel.api.module.Module;
import io.segue.kernel.api.module.QueryHandler;
import java.util.List;
import java.util.Map;

/**
 * The wire form of upgrades: who may schedule a plan, in which words, and what clients may ask. The
 * plan itself, its rules and the versions of the modules are the kernel's; this module reaches them
 * through {@link io.segue.kernel.api.module.Context#upgrades} and owns no store. Its member of the
 * genesis is for the kernel to read: what the first generation's digest is.
 */
final class UpgradeModule implements Module {
  static final String NAME = "upgrade";

  private static final long CONSENSUS_VERSION = 1;

  private final Services services;

  UpgradeModule(Addresses addresses) {
    Services.Builder all =
        Services.of(
            addresses,
            UpgradeProto.getDescriptor(),
            UpgradeTxProto.getDescriptor(),
            UpgradeQueryProto.getDescriptor(),
            UpgradeParamsProto.getDescriptor());
    UpgradeMessages.addTo(all);
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
    return List.of();
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
