package io.segue.kernel.admission.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.segue.kernel.api.node.CheckReport.Finding;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.Attribute;
import org.objectweb.asm.ByteVector;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;

/** Class files that no compiler writes are refused in words, whatever is wrong with them. */
class DamagedClassTest {
  private static final long SEED = 20260101;
  private static final int VARIANTS = 20;
  private static final Map<String, byte[]> CLASSES = CarelessCode.classes();

  @Test
  void anyBytesMayBeWrong() {
    Random random = new Random(SEED);
    int damaged = 0;
    for (byte[] classFile : CLASSES.values()) {
      for (int i = 0; i < VARIANTS; i++) {
        byte[] changed = classFile.clone();
        for (int j = random.nextInt(4); j >= 0; j--) {
          changed[random.nextInt(changed.length)] = (byte) random.nextInt();
        }
        damaged += check(changed).stream().anyMatch(f -> f.rule().equals("class-file")) ? 1 : 0;
      }
    }
    assertThat(damaged).isPositive();
  }

  @Test
  void theFileMayEndAnywhere() {
    byte[] classFile = CLASSES.values().iterator().next();
    for (int length = 0; length < classFile.length; length++) {
      assertThat(check(Arrays.copyOf(classFile, length))).as("cut off at " + length).isNotEmpty();
    }
  }

  @Test
  void noRoomIsMadeForAnAttributeThatIsLongerThanTheFile() {
    ClassWriter writer = new ClassWriter(0);
    new ClassReader(CLASSES.values().iterator().next()).accept(writer, 0);
    writer.visitAttribute(new Empty());
    byte[] classFile = writer.toByteArray();
    ByteBuffer.wrap(classFile).putInt(classFile.length - 4, Integer.MAX_VALUE - 8);

    assertThat(check(classFile))
        .singleElement()
        .satisfies(finding -> assertThat(finding.rule()).isEqualTo("class-file"));
  }

  private static List<Finding> check(byte[] classFile) {
    return CodeCheck.check(
        "bundle x 1.0.0", Map.of("careless/C000.class", classFile), Set.of(), Integer.MAX_VALUE);
  }

  /** An attribute that ASM does not know, with nothing in it; the last one of its class. */
  private static final class Empty extends Attribute {
    Empty() {
      super("Empty");
    }

    @Override
    protected ByteVector write(
        ClassWriter writer, byte[] code, int codeLength, int maxStack, int maxLocals) {
      return new ByteVector();
    }
  }
}
