package io.segue.kernel.api.upgrade;

import io.segue.kernel.api.module.KVStore;
import io.segue.kernel.api.module.Platform;
import java.time.Instant;
import java.util.SortedMap;
import org.osgi.annotation.versioning.ProviderType;

/** What an upgrade handler sees. Valid only during the call. */
@ProviderType
public interface UpgradeContext {
  /** The plan being applied. */
  Plan plan();

  /** The chain's identifier. */
  String chainId();

  /**
   * What the kernel lends to the modules of the new generation: its constants, such as {@code
   * bech32.prefix}, and cryptography.
   *
   * @since 1.1
   */
  Platform platform();

  /** Time of the plan's block. */
  Instant time();

  /** Any store; read only in {@link UpgradeHandler#prepare}. */
  KVStore store(String name);

  /** Consensus versions of the modules before this upgrade. */
  SortedMap<String, Long> moduleVersions();

  /**
   * Brings every module of the new generation to its consensus version, in the manifest's order:
   * migrations n to n + 1 for those that are there, the default genesis for new ones. Modules that
   * are gone lose their version. Call it once, in {@link UpgradeHandler#handle}.
   */
  void runMigrations();

  /**
   * Gives a new module this genesis in place of its default one; before {@link #runMigrations}.
   *
   * @param genesisJson UTF-8
   */
  void genesis(String module, byte[] genesisJson);

  /** Sends a message to a module of the new generation; signers are not asked for. */
  byte[] call(String typeUrl, byte[] message);

  /** Asks a module of the new generation. */
  byte[] query(String path, byte[] request);
}
