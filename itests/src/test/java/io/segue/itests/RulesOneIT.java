package io.segue.itests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.segue.bundles.consensus.solo.blockfile.BlockFileItem;
import io.segue.bundles.consensus.solo.blockfile.BlockFileItem.Executed;
import io.segue.bundles.consensus.solo.blockfile.BlockFileReader;
import io.segue.bundles.consensus.solo.chain.ChainState;
import io.segue.bundles.consensus.solo.chain.Genesis;
import io.segue.bundles.consensus.solo.config.GenesisFile;
import io.segue.bundles.crypto.Secp256k1Crypto;
import io.segue.bundles.nodes.Distribution;
import io.segue.kernel.api.abci.Abci.FinalizeBlockResponse;
import io.segue.kernel.testkit.TestNode;
import io.segue.kernel.testkit.internal.Jars;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.Manifest;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A chain that was made before kernel rules 2 were there comes to its roots on today's kernel and
 * modules, loaded under rules 1. It is committed as a block file: 660 blocks with transfers, two of
 * which fail, a proposal, and the upgrade to v2.
 *
 * <p>The store {@code upgrade} holds the digests of the bundles, which are others today; its root
 * of then stands in its place, so that each app hash from the upgrade on is compared in whole.
 */
class RulesOneIT {
  private static final String UPGRADE = "upgrade";

  /** Height of v2, from which on the store {@code upgrade} stays as it is. */
  private static final long V2 = 459;

  private static final byte[] UPGRADE_ROOT =
      HexFormat.of().parseHex("9297ef49b7d05f0f29f0237b1836479f70692e4e607be8497d4354ac4cadb22d");

  @TempDir Path folder;

  @Test
  void aChainOfRulesOneComesToItsRoots() throws Exception {
    long blocks = 0;
    long txs = 0;
    try (BlockFileReader reader = new BlockFileReader(unpacked("rules-1.blocks"))) {
      Path file = folder.resolve("genesis.json");
      try (OutputStream out = Files.newOutputStream(file)) {
        reader.genesisTo(out);
      }
      Genesis genesis = GenesisFile.read(file);
      try (TestNode node = node(genesis)) {
        ChainState chain =
            genesis.started(
                node.application().info(),
                node.await(node.application().initChain(genesis.request()).toCompletableFuture()));
        Optional<BlockFileItem> item;
        while ((item = reader.next()).isPresent()) {
          if (item.get() instanceof BlockFileItem.Generation generation) {
            node.deploy(underRulesOne(Files.readAllBytes(Distribution.upgrade(generation.name()))));
          } else if (item.get() instanceof Executed executed) {
            chain = execute(node, chain, executed);
            blocks++;
            txs += executed.block().txs().size();
          }
        }
        assertThat(node.node().generations())
            .extracting("name")
            .containsExactlyInAnyOrder("genesis", "v2");
      }
    }
    assertThat(blocks).isEqualTo(660);
    assertThat(txs).isEqualTo(9);
  }

  private TestNode node(Genesis genesis) throws IOException {
    return TestNode.aNode(folder)
        .withCrypto(new Secp256k1Crypto())
        .withChainId(genesis.chainId())
        .withGenesisOf(Distribution.folder().resolve("genesis"))
        .withGenesis(underRulesOne(RootChain.genesis()))
        .open();
  }

  private static ChainState execute(TestNode node, ChainState chain, Executed executed) {
    FinalizeBlockResponse response =
        node.await(
            node.application()
                .finalizeBlock(chain.request(executed.block(), executed.misbehavior()))
                .toCompletableFuture());
    node.commit();
    ChainState after = chain.after(executed.block(), response);
    long height = executed.block().header().height();
    assertThat(after.lastResultsHash())
        .as("results of height %s", height)
        .isEqualTo(executed.resultsHash());
    if (height >= V2) {
      SortedMap<String, byte[]> roots = new TreeMap<>();
      node.roots().forEach((name, root) -> roots.put(name, HexFormat.of().parseHex(root)));
      assertThat(appHash(roots)).as("the sum").isEqualTo(response.appHash());
      roots.put(UPGRADE, UPGRADE_ROOT);
      assertThat(appHash(roots)).as("roots of height %s", height).isEqualTo(executed.appHash());
    }
    return after;
  }

  /** The artifact, whose declaration names kernel rules 1. */
  private static byte[] underRulesOne(byte[] artifact) {
    Map<String, byte[]> bundles = Jars.entries(artifact);
    bundles.replaceAll((name, jar) -> name.endsWith(".jar") ? bundleUnderRulesOne(jar) : jar);
    return Jars.zip(bundles);
  }

  private static byte[] bundleUnderRulesOne(byte[] jar) {
    Map<String, byte[]> entries = Jars.entries(jar);
    Map<String, String> headers = new LinkedHashMap<>();
    try {
      new Manifest(new ByteArrayInputStream(entries.get("META-INF/MANIFEST.MF")))
          .getMainAttributes()
          .forEach((name, value) -> headers.put(name.toString(), value.toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String declared = headers.getOrDefault("Provide-Capability", "");
    if (!declared.contains("io.segue.generation;")) {
      return jar;
    }
    assertThat(declared).contains("rules:Long=2");
    headers.put("Provide-Capability", declared.replace("rules:Long=2", "rules:Long=1"));
    entries.put("META-INF/MANIFEST.MF", Jars.manifest(headers));
    return Jars.zip(entries);
  }

  private Path unpacked(String name) throws IOException {
    Path file = folder.resolve(name);
    try (InputStream packed =
            Objects.requireNonNull(getClass().getResourceAsStream("/replay/" + name + ".gz"));
        InputStream in = new GZIPInputStream(packed)) {
      Files.copy(in, file);
    }
    return file;
  }

  /** The tree of RFC 6962 over the stores. */
  private static byte[] appHash(SortedMap<String, byte[]> roots) {
    List<byte[]> leaves = new ArrayList<>();
    roots.forEach(
        (name, root) -> {
          byte[] text = name.getBytes(UTF_8);
          leaves.add(
              sha256(new byte[] {0, (byte) text.length}, text, new byte[] {0x20}, sha256(root)));
        });
    return root(leaves);
  }

  private static byte[] root(List<byte[]> hashes) {
    if (hashes.size() == 1) {
      return hashes.get(0);
    }
    int left = Integer.highestOneBit(hashes.size() - 1);
    return sha256(
        new byte[] {1}, root(hashes.subList(0, left)), root(hashes.subList(left, hashes.size())));
  }

  private static byte[] sha256(byte[]... parts) {
    try {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      for (byte[] part : parts) {
        all.write(part);
      }
      return MessageDigest.getInstance("SHA-256").digest(all.toByteArray());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
