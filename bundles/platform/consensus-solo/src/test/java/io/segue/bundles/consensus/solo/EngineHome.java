package io.segue.bundles.consensus.solo;

import io.segue.bundles.consensus.solo.config.GenesisFile;
import io.segue.bundles.consensus.solo.config.KeyFile;
import io.segue.bundles.consensus.solo.mempool.MempoolLimits;
import io.segue.bundles.consensus.solo.store.BlockStore;
import io.segue.bundles.consensus.solo.store.FileOpener;
import io.segue.bundles.consensus.solo.store.TxIndex;
import io.segue.kernel.api.abci.Application;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.EdECPublicKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** A home folder with one validator, and engines on it. */
public final class EngineHome {
  public static final Instant GENESIS_TIME = Instant.parse("2026-01-01T00:00:00.5Z");
  public static final String CHAIN_ID = "solo-1";

  private final Path folder;
  private final byte[] publicKey;

  /** Time of day of the engines; tests move it. */
  public Instant now = GENESIS_TIME.plusSeconds(10);

  public long blockIntervalMs;
  public long blocksKept;

  /** Whether the index is opened with the engine, or later by the engine itself. */
  public boolean indexOpen = true;

  public FileOpener files = FileChannel::open;

  /** Why the node holds. */
  public Optional<String> heldFor = Optional.empty();

  public MempoolLimits mempool = new MempoolLimits(1000, 1 << 20, 1024, 100);

  public EngineHome(Path folder) {
    this.folder = folder;
    try {
      Files.createDirectories(folder.resolve("config"));
      byte[] validator = newKey();
      publicKey = Arrays.copyOfRange(validator, 32, 64);
      write("priv_validator_key.json", keyJson(validator));
      write("node_key.json", keyJson(newKey()));
      write("genesis.json", genesisJson(CHAIN_ID, publicKey));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public byte[] publicKey() {
    return publicKey.clone();
  }

  public Path folder() {
    return folder;
  }

  public Path blocks() {
    return folder.resolve("data/blocks");
  }

  public void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve("config").resolve(name), text);
  }

  public static void deleteAll(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  public SoloEngine engine(Application application) {
    try {
      Path files = folder.resolve("config");
      SoloConfig config = new SoloConfig(blockIntervalMs, mempool, blocksKept, true, "home");
      return new SoloEngine(
          new SoloEngine.Parts(
              application,
              GenesisFile.read(files.resolve("genesis.json")),
              () -> Files.readAllBytes(files.resolve("genesis.json")),
              KeyFile.read(files.resolve("priv_validator_key.json")),
              KeyFile.read(files.resolve("node_key.json")),
              BlockStore.open(this.files, blocks().resolve("log"), config.blocksPerFile()),
              indexOpen
                  ? new TxIndex(blocks().resolve("index"))
                  : TxIndex.closed(blocks().resolve("index")),
              config,
              clock(),
              () -> heldFor));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private InstantSource clock() {
    return () -> now;
  }

  public static String genesisJson(String chainId, byte[] validatorKey) {
    return """
        {
          "genesis_time": "%s",
          "chain_id": "%s",
          "initial_height": "1",
          "consensus_params": {
            "block": {"max_bytes": "22020096", "max_gas": "-1"},
            "evidence": {"max_age_num_blocks": "100000", "max_age_duration": "172800000000000", "max_bytes": "1048576"},
            "validator": {"pub_key_types": ["ed25519"]},
            "version": {"app": "1"}
          },
          "validators": [
            {"pub_key": {"type": "tendermint/PubKeyEd25519", "value": "%s"}, "power": "10", "name": "v"}
          ],
          "app_hash": "",
          "app_state": { "bank" : {"näme": "x"} }
        }
        """
        .formatted(GENESIS_TIME, chainId, Base64.getEncoder().encodeToString(validatorKey));
  }

  public static String keyJson(byte[] key) {
    return """
        {"priv_key": {"type": "tendermint/PrivKeyEd25519", "value": "%s"}}
        """
        .formatted(Base64.getEncoder().encodeToString(key));
  }

  /** A new key: 32 bytes of seed, 32 of public key. */
  public static byte[] newKey() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
      generator.initialize(255, new SecureRandom());
      var pair = generator.generateKeyPair();
      byte[] key = new byte[64];
      byte[] seed = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
      System.arraycopy(seed, 0, key, 0, 32);
      var point = ((EdECPublicKey) pair.getPublic()).getPoint();
      byte[] y = point.getY().toByteArray();
      for (int i = 0; i < y.length && i < 32; i++) {
        key[32 + i] = y[y.length - 1 - i];
      }
      if (point.isXOdd()) {
        key[63] |= (byte) 0x80;
      }
      return key;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
