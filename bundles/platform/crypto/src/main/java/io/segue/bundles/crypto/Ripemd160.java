package io.segue.bundles.crypto;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * RIPEMD-160 of whole messages, by the tables of ISO/IEC 10118-3. Written out here because every
 * library that has it brings a hundred times its size.
 */
final class Ripemd160 {
  private static final int BLOCK = 64;
  private static final int STEPS = 80;

  private static final int[] START = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0};
  private static final int[] LEFT_CONSTANT = {0, 0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xa953fd4e};
  private static final int[] RIGHT_CONSTANT = {0x50a28be6, 0x5c4dd124, 0x6d703ef3, 0x7a6d76e9, 0};

  // One hexadecimal digit a step: which word of the block it takes, by how many bits it rotates.
  private static final byte[] LEFT_WORD =
      digits("0123456789abcdef74d1a6f3c0952eb83ae49f812706db5c19ba08c4d37fe56240597c2ae138b6fd");
  private static final byte[] RIGHT_WORD =
      digits("5e7092b4d6f81a3c6b370d5aef8c4912f5137e69b8c2a04d86413bf05c2d97aecfa4158762de039b");
  private static final byte[] LEFT_SHIFT =
      digits("befc5879bdef6798768db97f7cf9b7dcbd67e9dfe8d65c75bcefef989e56865c9f5b68dc5cdeb856");
  private static final byte[] RIGHT_SHIFT =
      digits("899bdff5778beec69df7c89b77c76fdb97fb866ecd5edd75f58bee6e69c9c5f885c9c5e68d65fdbb");

  private Ripemd160() {}

  /** The 20 bytes. */
  static byte[] hash(byte[] data) {
    int[] state = START.clone();
    ByteBuffer blocks = padded(data);
    int[] words = new int[BLOCK / 4];
    while (blocks.hasRemaining()) {
      for (int i = 0; i < words.length; i++) {
        words[i] = blocks.getInt();
      }
      compress(state, words);
    }
    ByteBuffer hash = ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN);
    for (int word : state) {
      hash.putInt(word);
    }
    return hash.array();
  }

  private static ByteBuffer padded(byte[] data) {
    int length = (data.length + 8) / BLOCK * BLOCK + BLOCK;
    ByteBuffer blocks = ByteBuffer.wrap(Arrays.copyOf(data, length)).order(ByteOrder.LITTLE_ENDIAN);
    blocks.put(data.length, (byte) 0x80);
    blocks.putLong(length - 8, data.length * 8L);
    return blocks;
  }

  private static void compress(int[] state, int[] words) {
    int[] left = state.clone();
    int[] right = state.clone();
    for (int step = 0; step < STEPS; step++) {
      int round = step / 16;
      step(
          left, mix(round, left) + words[LEFT_WORD[step]] + LEFT_CONSTANT[round], LEFT_SHIFT[step]);
      step(
          right,
          mix(4 - round, right) + words[RIGHT_WORD[step]] + RIGHT_CONSTANT[round],
          RIGHT_SHIFT[step]);
    }
    int first = state[1] + left[2] + right[3];
    state[1] = state[2] + left[3] + right[4];
    state[2] = state[3] + left[4] + right[0];
    state[3] = state[4] + left[0] + right[1];
    state[4] = state[0] + left[1] + right[2];
    state[0] = first;
  }

  private static void step(int[] line, int added, int shift) {
    int rotated = Integer.rotateLeft(line[0] + added, shift) + line[4];
    line[0] = line[4];
    line[4] = line[3];
    line[3] = Integer.rotateLeft(line[2], 10);
    line[2] = line[1];
    line[1] = rotated;
  }

  private static int mix(int function, int[] line) {
    int x = line[1];
    int y = line[2];
    int z = line[3];
    return switch (function) {
      case 0 -> x ^ y ^ z;
      case 1 -> x & y | ~x & z;
      case 2 -> (x | ~y) ^ z;
      case 3 -> x & z | y & ~z;
      default -> x ^ (y | ~z);
    };
  }

  private static byte[] digits(String hex) {
    byte[] digits = new byte[hex.length()];
    for (int i = 0; i < digits.length; i++) {
      digits[i] = (byte) Character.digit(hex.charAt(i), 16);
    }
    return digits;
  }
}
