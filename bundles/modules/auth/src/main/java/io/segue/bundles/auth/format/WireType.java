package io.segue.bundles.auth.format;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A message type as the encoding needs it: which field numbers there are and how each is encoded.
 * Built once for each generation; read-only afterwards.
 */
final class WireType {
  private static final int DIRECT = 32;

  private final String name;
  private final @Nullable Field[] direct = new Field[DIRECT];
  private final Map<Integer, Field> others = new TreeMap<>();

  WireType(String name) {
    this.name = name;
  }

  /** How the bytes of a field are checked. */
  enum Kind {
    /** A number in one of the fixed encodings or as varint. */
    NUMBER,
    /** Text, which must be UTF-8. */
    TEXT,
    /** Anything. */
    BYTES,
    /** A message of a known type. */
    MESSAGE,
    /** A message of the type that it names itself. */
    ANY
  }

  /**
   * A field.
   *
   * @param wireType encoding of one value
   * @param message the type, where the kind is MESSAGE
   */
  record Field(int number, Kind kind, int wireType, boolean repeated, @Nullable WireType message) {
    /** Whether all values may stand in one run of bytes. */
    boolean packable() {
      return repeated && kind == Kind.NUMBER;
    }
  }

  /** Full name, without a leading dot. */
  String name() {
    return name;
  }

  void add(Field field) {
    if (field.number() < DIRECT) {
      direct[field.number()] = field;
    } else {
      others.put(field.number(), field);
    }
  }

  /** The field of a number, or null. */
  @Nullable Field field(int number) {
    if (number > 0 && number < DIRECT) {
      return direct[number];
    }
    return others.isEmpty() ? null : others.get(number);
  }
}
