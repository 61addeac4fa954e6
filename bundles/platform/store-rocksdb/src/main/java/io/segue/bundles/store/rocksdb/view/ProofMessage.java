package io.segue.bundles.store.rocksdb.view;

import io.segue.bundles.store.rocksdb.database.Encoder;
import io.segue.bundles.store.rocksdb.tree.LeafPath;
import org.jspecify.annotations.Nullable;

/**
 * ICS-23's CommitmentProof in protobuf.
 *
 * <pre>
 * CommitmentProof   {1: exist, 2: nonexist}
 * ExistenceProof    {1: key, 2: value, 3: leaf, 4: path, repeated, from the leaf to the root}
 * NonExistenceProof {1: key, 2: left, 3: right}      the neighbours, absent at the ends
 * LeafOp            {1: hash, 2: prehash_key, 3: prehash_value, 4: length, 5: prefix}
 * InnerOp           {1: hash, 2: prefix, 3: suffix}
 * </pre>
 */
public final class ProofMessage {
  /** Everything hashed by SHA-256 (1), no length, prefix 00. */
  static final byte[] SMT_LEAF = {8, 1, 16, 1, 24, 1, 42, 1, 0};

  /** Hash and value by SHA-256 (1), length VAR_PROTO (1), prefix 00. */
  public static final byte[] SIMPLE_LEAF = {8, 1, 24, 1, 32, 1, 42, 1, 0};

  private static final byte[] INNER_PREFIX = {1};
  private static final int SHA256 = 1;
  private static final int VARINT = 0;
  private static final int BYTES = 2;

  private ProofMessage() {}

  public static byte[] exist(byte[] existence) {
    return field(new Encoder(existence.length + 8), 1, existence).toBytes();
  }

  static byte[] nonexist(byte[] key, byte @Nullable [] left, byte @Nullable [] right) {
    Encoder message = field(new Encoder(1024), 1, key);
    if (left != null) {
      field(message, 2, left);
    }
    if (right != null) {
      field(message, 3, right);
    }
    return field(new Encoder(message.size() + 8), 2, message.toBytes()).toBytes();
  }

  public static byte[] existence(byte[] key, byte[] value, byte[] leafOp, LeafPath path) {
    Encoder message = new Encoder(1024);
    field(message, 1, key);
    field(message, 2, value);
    field(message, 3, leafOp);
    for (LeafPath.Step step : path.steps()) {
      field(message, 4, inner(step));
    }
    return message.toBytes();
  }

  private static byte[] inner(LeafPath.Step step) {
    Encoder message = new Encoder(48).varint(1 << 3 | VARINT).varint(SHA256);
    if (step.right()) {
      field(message, 2, new Encoder(33).raw(INNER_PREFIX).raw(step.sibling()).toBytes());
    } else {
      field(message, 2, INNER_PREFIX);
      field(message, 3, step.sibling());
    }
    return message.toBytes();
  }

  private static Encoder field(Encoder message, int number, byte[] content) {
    return message.varint(number << 3 | BYTES).string(content);
  }
}
