package io.segue.kernel.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The byte-string fields of a protobuf message, by number; numbers are left out. */
final class ProtoFields {
  private final TreeMap<Integer, List<byte[]>> fields = new TreeMap<>();
  private final byte[] message;
  private int position;

  private ProtoFields(byte[] message) {
    this.message = message;
    while (position < message.length) {
      int tag = varint();
      int value = varint();
      if ((tag & 7) == 2) {
        byte[] content = Arrays.copyOfRange(message, position, position + value);
        fields.computeIfAbsent(tag >>> 3, number -> new ArrayList<>()).add(content);
        position += value;
      }
    }
  }

  static ProtoFields of(byte[] message) {
    return new ProtoFields(message);
  }

  private int varint() {
    int value = 0;
    int shift = 0;
    int next;
    do {
      next = message[position++];
      value |= (next & 0x7f) << shift;
      shift += 7;
    } while (next < 0);
    return value;
  }

  List<byte[]> all(int number) {
    return fields.getOrDefault(number, List.of());
  }

  byte @Nullable [] optional(int number) {
    List<byte[]> values = all(number);
    return values.isEmpty() ? null : values.get(values.size() - 1);
  }

  byte[] required(int number) {
    byte[] value = optional(number);
    if (value == null) {
      throw new IllegalArgumentException("field " + number + " is missing");
    }
    return value;
  }
}
