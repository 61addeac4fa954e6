package io.segue.kernel.api.guard;

/**
 * What code of a generation may use of a machine under kernel rules 2. They are the same on every
 * node and enter results, so a change of one is another number of the rules.
 */
public final class GuardLimits {
  /** Calls of methods of bundles within each other. */
  public static final int CALL_DEPTH = 1024;

  /** Bits of a number that a calculation gives: two factors of 4096 bits fit. */
  public static final int NUMBER_BITS = 8192;

  /** Digits that a decimal number may have behind the point, or zeros before it. */
  public static final int DECIMAL_SCALE = 4096;

  /** Bits of the numbers of a power to a modulus, whose cost grows with the third power of it. */
  public static final int MODULUS_BITS = 4096;

  /** Bytes of what is made at once: an array, a buffer, a repeated text. */
  public static final long BYTES_AT_ONCE = 16 << 20;

  /** Bytes of all that one call of a module makes by such, however short it is needed. */
  public static final long BYTES_IN_ALL = 256 << 20;

  /** What is not larger is not added up: objects are not, either. */
  public static final int SMALL_BYTES = 1024;

  /** Characters that a regular expression is applied to. */
  public static final int MATCHED_CHARS = 1 << 16;

  /** Numbers of a range that a stream goes through. */
  public static final int RANGE = 1 << 24;

  /** Local variables, and places on the stack, of one method. */
  public static final int FRAME_SLOTS = 255;

  /**
   * Size of the stack of a thread that runs code of generations, in bytes: the limit of depth comes
   * first. Frames of {@link #FRAME_SLOTS} variables and places are 4.2 KB each where they are
   * interpreted, so {@link #CALL_DEPTH} of them are 4.3 MB, and as much again of Java's between
   * them. It is address space until it is used.
   */
  public static final long STACK_BYTES = 64 << 20;

  private GuardLimits() {}
}
