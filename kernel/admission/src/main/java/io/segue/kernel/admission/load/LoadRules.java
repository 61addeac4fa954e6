package io.segue.kernel.admission.load;

import java.lang.ref.SoftReference;
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
 * <p>Under each number a class of the shape that protobuf's compiler gives to its own gets the
 * calls of the first only: parsing is most of what a node does with it, and its depth has a limit
 * in protobuf. It needs them, as such a class can be written by hand.
 */
public final class LoadRules {
  /** The newest number. */
  public static final long NEWEST = 2;

  /** The package that a transformed class needs. */
  public static final String IMPORT = "io.segue.kernel.api.guard";

  /** What the classes extend that protobuf's compiler generates; internal names. */
  public static final Set<String> GENERATED =
      Set.of(
          "com/google/protobuf/AbstractParser",
          "com/google/protobuf/GeneratedFile",
          "com/google/protobuf/GeneratedMessage",
          "com/google/protobuf/GeneratedMessage$Builder",
          "com/google/protobuf/GeneratedMessage$ExtendableBuilder",
          "com/google/protobuf/GeneratedMessage$ExtendableMessage");

  /** Soft: it is of use while generations are put together, and no node needs it later. */
  private static volatile SoftReference<LoadedClasses> made = new SoftReference<>(null);

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
    return made().of(rules, admitted, bytes -> transform(rules, bytes));
  }

  /**
   * Checks that a class can be loaded under every number: a generation that it carries over to may
   * have a later one, which does all that those before it do.
   *
   * @throws RuntimeException as {@link #apply} does
   */
  public static void requireLoadable(byte[] admitted) {
    byte[] unused = apply(NEWEST, admitted);
  }

  /** Whether protobuf's compiler generated it, or somebody made it look so. */
  public static boolean hasShapeOfGenerated(byte[] admitted) {
    return GENERATED.contains(new ClassReader(admitted).getSuperName());
  }

  private static LoadedClasses made() {
    LoadedClasses known = made.get();
    if (known == null) {
      known = new LoadedClasses();
      made = new SoftReference<>(known);
    }
    return known;
  }

  private static byte[] transform(long rules, byte[] admitted) {
    ClassReader reader = new ClassReader(admitted);
    ClassWriter writer = new ClassWriter(reader, 0);
    if (GENERATED.contains(reader.getSuperName())) {
      reader.accept(new GuardTransform(writer), 0);
    } else if (rules == 1) {
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
