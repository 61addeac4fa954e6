package io.segue.kernel.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AppHashDefinitionTest {
  @Test
  void givesTheAppHashAndTheProofsThatCosmosSdkGives() {
    Vectors vectors = Vectors.load("multistore.json");
    SortedMap<String, byte[]> roots = new TreeMap<>();
    vectors
        .object("stores")
        .texts()
        .forEach((name, root) -> roots.put(name, HexFormat.of().parseHex(root)));
    byte[] appHash = AppHashDefinition.of(roots);
    assertThat(appHash).isEqualTo(vectors.bytes("app_hash"));
    vectors
        .object("store_proofs")
        .texts()
        .forEach(
            (store, proof) -> {
              byte[] root = vectors.object("stores").bytes(store);
              assertThat(AppHashDefinition.prove(roots, store, root))
                  .asHexString()
                  .isEqualToIgnoringCase(proof);
              assertThat(
                      SmtVerifier.verifyStore(HexFormat.of().parseHex(proof), appHash, store, root))
                  .isTrue();
            });
  }
}
