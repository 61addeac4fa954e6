package io.segue.kernel.admission.load;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The members of Java whose last parameter says how large something becomes, or what a number is
 * made of, so that it is enough to look at it before the call. Part of kernel rules 2, so nothing
 * of it changes.
 */
enum SizedMembers {
  /** A length, of elements of one byte. */
  ONE(1),
  /** A length, of elements of two bytes. */
  TWO(2),
  /** A length, of elements of four bytes. */
  FOUR(4),
  /** A length, of elements of eight bytes, as references are counted. */
  EIGHT(8),
  /** A length in bits. */
  BITS(1),
  /** Begin and end of a part of an array, with elements of one byte. */
  PART_ONE(1),
  /** Begin and end, with elements of two bytes. */
  PART_TWO(2),
  /** Begin and end, with elements of four bytes. */
  PART_FOUR(4),
  /** Begin and end, with elements of eight bytes. */
  PART_EIGHT(8),
  /** A length and a load factor. */
  FACTOR(8),
  /** A length, a load factor and an order. */
  FACTOR_AND_ORDER(8),
  /** The text of an integer. */
  INTEGER_TEXT(0),
  /** The text of an integer and its radix. */
  INTEGER_RADIX(0),
  /** The bytes of an integer. */
  INTEGER_BYTES(0),
  /** How many bytes of an array are an integer. */
  INTEGER_LENGTH(0),
  /** The text of a decimal number. */
  DECIMAL_TEXT(0),
  /** The text of a decimal number and how it is rounded. */
  DECIMAL_ROUNDED(0),
  /** The scale of a decimal number. */
  DECIMAL_SCALE(0),
  /** It can't be looked at: another member does the same. */
  NONE(0);

  private static final Map<String, SizedMembers> MEMBERS = members();

  final int elementBytes;

  SizedMembers(int elementBytes) {
    this.elementBytes = elementBytes;
  }

  /** How a member is bounded; null where it is not. */
  static @Nullable SizedMembers of(String owner, String name, String descriptor) {
    return MEMBERS.get(owner + "." + name + descriptor);
  }

  private static Map<String, SizedMembers> members() {
    Map<String, SizedMembers> members = new HashMap<>();
    for (String list : new String[] {"ArrayList", "ArrayDeque", "PriorityQueue", "Vector"}) {
      members.put("java/util/" + list + ".<init>(I)V", EIGHT);
    }
    members.put("java/util/ArrayList.ensureCapacity(I)V", EIGHT);
    for (String table : new String[] {"HashMap", "HashSet", "LinkedHashMap", "LinkedHashSet"}) {
      members.put("java/util/" + table + ".<init>(I)V", EIGHT);
      members.put("java/util/" + table + ".<init>(IF)V", FACTOR);
    }
    members.put("java/util/LinkedHashMap.<init>(IFZ)V", FACTOR_AND_ORDER);
    members.put("java/util/BitSet.<init>(I)V", BITS);
    members.put("java/util/BitSet.set(I)V", BITS);
    members.put("java/util/BitSet.flip(I)V", BITS);
    members.put("java/lang/StringBuilder.<init>(I)V", TWO);
    members.put("java/lang/StringBuilder.setLength(I)V", TWO);
    members.put("java/lang/StringBuilder.ensureCapacity(I)V", TWO);
    members.put("java/io/ByteArrayOutputStream.<init>(I)V", ONE);
    members.put("java/nio/ByteBuffer.allocate(I)Ljava/nio/ByteBuffer;", ONE);
    copies(members, "Z", ONE, PART_ONE);
    copies(members, "B", ONE, PART_ONE);
    copies(members, "S", TWO, PART_TWO);
    copies(members, "C", TWO, PART_TWO);
    copies(members, "I", FOUR, PART_FOUR);
    copies(members, "F", FOUR, PART_FOUR);
    copies(members, "J", EIGHT, PART_EIGHT);
    copies(members, "D", EIGHT, PART_EIGHT);
    copies(members, "Ljava/lang/Object;", EIGHT, PART_EIGHT);
    members.put(
        "java/util/Arrays.copyOf([Ljava/lang/Object;ILjava/lang/Class;)[Ljava/lang/Object;", NONE);
    members.put(
        "java/util/Arrays.copyOfRange([Ljava/lang/Object;IILjava/lang/Class;)[Ljava/lang/Object;",
        NONE);
    String integer = "java/math/BigInteger.<init>(";
    members.put(integer + "Ljava/lang/String;)V", INTEGER_TEXT);
    members.put(integer + "Ljava/lang/String;I)V", INTEGER_RADIX);
    members.put(integer + "[B)V", INTEGER_BYTES);
    members.put(integer + "I[B)V", INTEGER_BYTES);
    members.put(integer + "[BII)V", INTEGER_LENGTH);
    members.put(integer + "I[BII)V", INTEGER_LENGTH);
    String decimal = "java/math/BigDecimal.<init>(";
    members.put(decimal + "Ljava/lang/String;)V", DECIMAL_TEXT);
    members.put(decimal + "Ljava/lang/String;Ljava/math/MathContext;)V", DECIMAL_ROUNDED);
    members.put(decimal + "Ljava/math/BigInteger;I)V", DECIMAL_SCALE);
    members.put(decimal + "Ljava/math/BigInteger;ILjava/math/MathContext;)V", NONE);
    members.put(decimal + "[C)V", NONE);
    members.put(decimal + "[CII)V", NONE);
    members.put(decimal + "[CLjava/math/MathContext;)V", NONE);
    members.put(decimal + "[CIILjava/math/MathContext;)V", NONE);
    return members;
  }

  private static void copies(
      Map<String, SizedMembers> members, String element, SizedMembers whole, SizedMembers part) {
    String array = "[" + element;
    members.put("java/util/Arrays.copyOf(" + array + "I)" + array, whole);
    members.put("java/util/Arrays.copyOfRange(" + array + "II)" + array, part);
  }
}
