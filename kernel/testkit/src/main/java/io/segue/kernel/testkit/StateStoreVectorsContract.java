package io.segue.kernel.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.segue.kernel.api.abci.Abci.ProofOp;
import io.segue.kernel.api.store.StateStore.Change;
import io.segue.kernel.api.store.StateStore.IndexChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Roots, app hash and proofs are, byte for byte, those that the Go library ics23 accepted. */
public abstract class StateStoreVectorsContract extends StateStoreContract {
  private final Vectors vectors = Vectors.load("smt.json");

  @Test
  void givesTheRootsAndProofsOfTheVectors() {
    List<Vectors> trees = vectors.objects("trees");
    List<IndexChange> index = new ArrayList<>();
    SortedMap<String, List<Change>> changes = new TreeMap<>();
    for (int i = 0; i < trees.size(); i++) {
      index.add(new IndexChange.Add("tree" + i));
      changes.putAll(entries("tree" + i, trees.get(i)));
    }
    long height = commit(index, changes);
    for (int i = 0; i < trees.size(); i++) {
      Vectors tree = trees.get(i);
      assertThat(root("tree" + i)).as(tree.text("name")).isEqualTo(tree.text("root"));
      for (Vectors proof : tree.objects("proofs")) {
        String key = proof.text(proof.has("key") ? "key" : "absent_key");
        assertThat(hex(store.prove("tree" + i, bytes(key), height).get(0).data()))
            .as("proof of %s in %s", key, tree.text("name"))
            .isEqualTo(proof.text("commitment_proof_hex"));
        assertProved(height, "tree" + i, key);
      }
    }
  }

  @Test
  void givesTheAppHashAndTheTwoStepProofOfTheVectors() {
    Vectors expected = vectors.object("app_hash");
    List<IndexChange> index = new ArrayList<>();
    SortedMap<String, List<Change>> changes = new TreeMap<>();
    for (Map.Entry<String, String> store : expected.object("store_roots").texts().entrySet()) {
      index.add(new IndexChange.Add(store.getKey()));
      for (Vectors tree : vectors.objects("trees")) {
        if (tree.text("root").equals(store.getValue())) {
          changes.putAll(entries(store.getKey(), tree));
        }
      }
    }
    long height = commit(index, changes);
    assertThat(hex(store.appHash(height))).isEqualTo(expected.text("app_hash"));
    List<Vectors> steps = expected.objects("proof_ops");
    List<ProofOp> ops = store.prove("bank", steps.get(0).bytes("key_hex"), height);
    for (int i = 0; i < steps.size(); i++) {
      assertThat(ops.get(i).type()).isEqualTo(steps.get(i).text("type"));
      assertThat(hex(ops.get(i).key())).isEqualTo(steps.get(i).text("key_hex"));
      assertThat(hex(ops.get(i).data())).isEqualTo(steps.get(i).text("data_hex"));
    }
    Vectors absence = expected.object("absence_first_op");
    assertThat(hex(store.prove("bank", absence.bytes("key_hex"), height).get(0).data()))
        .isEqualTo(absence.text("data_hex"));
  }

  private static SortedMap<String, List<Change>> entries(String name, Vectors tree) {
    return changes(
        name,
        tree.table("entries_key_value_keyhash_in_hash_order").stream()
            .map(entry -> set(entry.get(0), entry.get(1)))
            .toArray(Change[]::new));
  }
}
