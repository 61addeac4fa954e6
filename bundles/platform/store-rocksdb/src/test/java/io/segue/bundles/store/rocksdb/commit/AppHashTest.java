package io.segue.bundles.store.rocksdb.commit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.segue.bundles.store.rocksdb.tree.LeafPath;
import io.segue.bundles.store.rocksdb.view.ProofMessage;
import io.segue.kernel.testkit.Vectors;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AppHashTest {
  @Test
  void givesTheAppHashAndTheProofsThatCosmosSdkGives() {
    Vectors vectors = Vectors.load("multistore.json");
    SortedMap<String, byte[]> roots = new TreeMap<>();
    vectors
        .object("stores")
        .texts()
        .forEach((name, root) -> roots.put(name, HexFormat.of().parseHex(root)));
    assertThat(AppHash.of(roots)).isEqualTo(vectors.bytes("app_hash"));
    vectors
        .object("store_proofs")
        .texts()
        .forEach(
            (store, proof) -> {
              LeafPath path = AppHash.path(roots, store);
              byte[] root = vectors.object("stores").bytes(store);
              byte[] message =
                  ProofMessage.exist(
                      ProofMessage.existence(
                          store.getBytes(UTF_8), root, ProofMessage.SIMPLE_LEAF, path));
              assertThat(message).asHexString().isEqualToIgnoringCase(proof);
            });
  }

  @Test
  void isTheHashOfNothingWithoutStores() {
    assertThat(AppHash.of(new TreeMap<>()))
        .asHexString()
        .isEqualToIgnoringCase("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  }
}
