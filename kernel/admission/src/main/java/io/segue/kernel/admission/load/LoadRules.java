package io.segue.kernel.admission.load;

import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;

/**
 * Makes of an admitted class the one that is loaded, by the number of the kernel rules of the
 * generation: what a number makes of a class never changes, as blocks are replayed on it.
 *
 * <ol>
 *   <li>{@link GuardTransform}: what does not end can be cancelled.
 *   <li>the same, and results are the same on every node where code asks for too much: {@link
 *       DepthTransform} counts calls, and {@link CallTransform} bounds what one call of Java's may
 *       cost, and what it tells of identities.
 * </ol>
 *
 * <p>Classes that protobuf's compiler generated are loaded as they are: their loops and recursion
 * end with their input, and they are most of what is loaded when a node starts.
 */
public final class LoadRules {
  /** The newest number. */
  public static final long NEWEST = 2;

  /** The package that a transformed class needs. */
  public static final String IMPORT = "io.segue.kernel.api.guard";

  /** What the classes extend that protobuf's compiler generates. */
  private static final Set<String> GENERATED =
      Set.of(
          "com/google/protobuf/AbstractParser",
          "com/google/protobuf/GeneratedFile",
          "com/google/protobuf/GeneratedMessage",
          "com/google/protobuf/GeneratedMessage$Builder",
          "com/google/protobuf/GeneratedMessage$ExtendableBuilder",
          "com/google/protobuf/GeneratedMessage$ExtendableMessage");

  private LoadRules() {}

  /**
   * The class that is loaded.
   *
   * @param rules number of the kernel rules
   * @param admitted a class file that admission read
   * @throws RuntimeException where it can't be transformed: a method would be too large, an
   *     exception handler stands before what it handles, so that exceptions could make a loop, or
   *     the rules have no form for what it does
   */
  public static byte[] apply(long rules, byte[] admitted) {
    ClassReader reader = new ClassReader(admitted);
    return GENERATED.contains(reader.getSuperName()) ? admitted : transform(rules, reader);
  }

  /**
   * Checks that a class can be loaded under every number: a generation that it carries over to may
   * have a later one.
   *
   * @throws RuntimeException as {@link #apply} does
   */
  public static void requireLoadable(ClassReader reader) {
    transform(1, reader);
    if (!GENERATED.contains(reader.getSuperName())) {
      transform(NEWEST, reader);
    }
  }

  private static byte[] transform(long rules, ClassReader reader) {
    ClassWriter writer = new ClassWriter(reader, 0);
    if (rules == 1) {
      reader.accept(new GuardTransform(new InitialisedMark(writer)), 0);
    } else if (rules == NEWEST) {
      ClassVisitor calls = new CallTransform(new InitialisedMark(writer));
      ClassVisitor depth = new DepthTransform(calls, LeafMethods.of(reader));
      reader.accept(new GuardTransform(depth), ClassReader.EXPAND_FRAMES);
    } else {
      throw new IllegalArgumentException("there are no kernel rules " + rules);
    }
    return writer.toByteArray();
  }
}
