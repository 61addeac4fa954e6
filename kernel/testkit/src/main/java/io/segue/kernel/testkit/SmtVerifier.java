package io.segue.kernel.testkit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Verifies the two steps of a proof as ICS-23 says: the key in the store's sparse Merkle tree
 * (SmtSpec), and the store in the tree over the stores (TendermintSpec). It shares nothing with
 * those who write proofs but the specification.
 */
public final class SmtVerifier {
  private static final byte[] SMT_PREFIX = {0};
  private static final byte[] EMPTY = new byte[32];

  private SmtVerifier() {}

  /**
   * Whether a proof shows that the key has the value in the store of this root.
   *
   * @param proof a CommitmentProof
   * @param value null to show that the key is absent
   */
  public static boolean verifyKey(byte[] proof, byte[] root, byte[] key, byte @Nullable [] value) {
    ProtoFields fields = ProtoFields.of(proof);
    if (value != null) {
      Existence exist = Existence.of(fields.required(1));
      return exist.isKey(key) && Arrays.equals(exist.value, value) && exist.smtRoot(root);
    }
    ProtoFields nonexist = ProtoFields.of(fields.required(2));
    byte[] left = nonexist.optional(2);
    byte[] right = nonexist.optional(3);
    return Arrays.equals(nonexist.required(1), key)
        && isAbsent(
            Sha256.of(key),
            root,
            left == null ? null : Existence.of(left),
            right == null ? null : Existence.of(right));
  }

  /** Whether a proof shows that the store has this root below the app hash. */
  public static boolean verifyStore(byte[] proof, byte[] appHash, String store, byte[] root) {
    Existence exist = Existence.of(ProtoFields.of(proof).required(1));
    byte[] name = store.getBytes(StandardCharsets.UTF_8);
    byte[] leaf =
        Sha256.of(
            SMT_PREFIX,
            ProofMessages.uvarint(name.length),
            name,
            new byte[] {0x20},
            Sha256.of(root));
    return exist.isKey(name)
        && Arrays.equals(exist.value, root)
        && Arrays.equals(exist.up(leaf), appHash);
  }

  private static boolean isAbsent(
      byte[] keyHash, byte[] root, @Nullable Existence left, @Nullable Existence right) {
    if (left != null
        && (!left.smtRoot(root) || Arrays.compareUnsigned(left.keyHash(), keyHash) >= 0)) {
      return false;
    }
    if (right != null
        && (!right.smtRoot(root) || Arrays.compareUnsigned(right.keyHash(), keyHash) <= 0)) {
      return false;
    }
    if (left != null && right != null) {
      return areNeighbours(left.path, right.path);
    }
    return left != null && isOutermost(left.path, false)
        || right != null && isOutermost(right.path, true);
  }

  /** Whether nothing lies further left (or right) than the leaf. */
  private static boolean isOutermost(List<Step> path, boolean leftmost) {
    for (Step step : path) {
      boolean beside = step.isRight() == leftmost;
      if (beside && !Arrays.equals(step.sibling(), EMPTY)) {
        return false;
      }
    }
    return true;
  }

  private static boolean areNeighbours(List<Step> left, List<Step> right) {
    int leftTop = left.size() - 1;
    int rightTop = right.size() - 1;
    while (leftTop >= 0 && rightTop >= 0 && left.get(leftTop).equals(right.get(rightTop))) {
      leftTop--;
      rightTop--;
    }
    return leftTop >= 0
        && rightTop >= 0
        && !left.get(leftTop).isRight()
        && right.get(rightTop).isRight()
        && isOutermost(left.subList(0, leftTop), false)
        && isOutermost(right.subList(0, rightTop), true);
  }

  /** One step up: {@code prefix || child || suffix}. */
  private record Step(byte[] prefix, byte[] suffix) {
    static Step of(byte[] message) {
      ProtoFields fields = ProtoFields.of(message);
      byte[] suffix = fields.optional(3);
      Step step = new Step(fields.required(2), suffix == null ? new byte[0] : suffix);
      if (step.prefix.length + step.suffix.length != 33 || step.prefix[0] != 1) {
        throw new IllegalArgumentException("not an inner node of a binary tree");
      }
      return step;
    }

    boolean isRight() {
      return suffix.length == 0;
    }

    byte[] sibling() {
      return isRight() ? Arrays.copyOfRange(prefix, 1, 33) : suffix;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Step step
          && Arrays.equals(prefix, step.prefix)
          && Arrays.equals(suffix, step.suffix);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(prefix) * 31 + Arrays.hashCode(suffix);
    }
  }

  private record Existence(byte[] key, byte[] value, List<Step> path) {
    static Existence of(byte[] message) {
      ProtoFields fields = ProtoFields.of(message);
      List<Step> path = new ArrayList<>();
      fields.all(4).forEach(step -> path.add(Step.of(step)));
      return new Existence(fields.required(1), fields.required(2), path);
    }

    boolean isKey(byte[] expected) {
      return Arrays.equals(key, expected);
    }

    byte[] keyHash() {
      return Sha256.of(key);
    }

    boolean smtRoot(byte[] root) {
      return Arrays.equals(up(Sha256.of(SMT_PREFIX, keyHash(), Sha256.of(value))), root);
    }

    byte[] up(byte[] leaf) {
      byte[] hash = leaf;
      for (Step step : path) {
        hash = Sha256.of(step.prefix, hash, step.suffix);
      }
      return hash;
    }
  }
}
