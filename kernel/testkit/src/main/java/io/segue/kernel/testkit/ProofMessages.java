package io.segue.kernel.testkit;

import java.io.ByteArrayOutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The protobuf messages of ICS-23, written field by field: CommitmentProof {1: exist, 2: nonexist},
 * ExistenceProof {1: key, 2: value, 3: leaf, 4: path}, NonExistenceProof {1: key, 2: left, 3:
 * right}, InnerOp {1: hash, 2: prefix, 3: suffix}.
 */
final class ProofMessages {
  /** LeafOp of the sparse Merkle tree: hash, prehash_key and prehash_value SHA-256, prefix 00. */
  static final byte[] SMT_LEAF = {8, 1, 16, 1, 24, 1, 42, 1, 0};

  /** LeafOp of the tree over the stores: hash and prehash_value SHA-256, length VAR_PROTO. */
  static final byte[] SIMPLE_LEAF = {8, 1, 24, 1, 32, 1, 42, 1, 0};

  private static final byte[] SHA256 = {8, 1};

  private ProofMessages() {}

  static byte[] exist(byte[] existence) {
    return field(1, existence);
  }

  static byte[] nonexist(byte[] key, byte @Nullable [] left, byte @Nullable [] right) {
    return field(
        2,
        concat(
            field(1, key),
            left == null ? new byte[0] : field(2, left),
            right == null ? new byte[0] : field(3, right)));
  }

  static byte[] existence(byte[] key, byte[] value, byte[] leafOp, List<byte[]> path) {
    byte[] result = concat(field(1, key), field(2, value), field(3, leafOp));
    for (byte[] inner : path) {
      result = concat(result, field(4, inner));
    }
    return result;
  }

  /** The step from a left child to its parent. */
  static byte[] leftChild(byte[] rightSibling) {
    return concat(SHA256, field(2, new byte[] {1}), field(3, rightSibling));
  }

  /** The step from a right child to its parent. */
  static byte[] rightChild(byte[] leftSibling) {
    return concat(SHA256, field(2, concat(new byte[] {1}, leftSibling)));
  }

  static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  /** An unsigned number, 7 bits a byte, lowest first. */
  static byte[] uvarint(int number) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int rest = number;
    while (rest >= 0x80) {
      out.write(rest & 0x7f | 0x80);
      rest >>>= 7;
    }
    out.write(rest);
    return out.toByteArray();
  }

  private static byte[] field(int number, byte[] content) {
    return concat(new byte[] {(byte) (number << 3 | 2)}, uvarint(content.length), content);
  }
}
