package io.segue.kernel.admission.code;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;

/**
 * Sees to it that no attribute of a class file says it is longer than the file: ASM makes room for
 * attributes it does not know by the length they name, which may be two gigabytes.
 */
final class AttributeBounds {
  private final ClassReader reader;
  private final int end;
  private final char[] buffer;

  private AttributeBounds(ClassReader reader, int end) {
    this.reader = reader;
    this.end = end;
    this.buffer = new char[reader.getMaxStringLength()];
  }

  /**
   * Goes through a class.
   *
   * @throws RuntimeException where an attribute, or what holds it, reaches behind the end
   */
  static void check(ClassReader reader, int sizeBytes) {
    new AttributeBounds(reader, sizeBytes).classFile();
  }

  private void classFile() {
    int at = reader.header + 6;
    at += 2 + 2 * reader.readUnsignedShort(at);
    at = members(at);
    at = members(at);
    attributes(at);
  }

  /** Fields or methods; answers with where they end. */
  private int members(int start) {
    int at = start + 2;
    for (int i = reader.readUnsignedShort(start); i > 0; i--) {
      at = attributes(at + 6);
    }
    return at;
  }

  private int attributes(int start) {
    int at = start + 2;
    for (int i = reader.readUnsignedShort(start); i > 0; i--) {
      long length = reader.readInt(at + 2) & 0xffffffffL;
      int content = at + 6;
      if (content + length > end) {
        throw new IllegalArgumentException("an attribute reaches behind the end of the file");
      }
      inside(reader.readUTF8(at, buffer), content);
      at = content + (int) length;
    }
    return at;
  }

  /** The attributes in an attribute. */
  private void inside(@Nullable String name, int at) {
    if ("Code".equals(name)) {
      long handlers = at + 8 + (reader.readInt(at + 4) & 0xffffffffL);
      if (handlers + 2 > end) {
        throw new IllegalArgumentException("the code reaches behind the end of the file");
      }
      attributes((int) handlers + 2 + 8 * reader.readUnsignedShort((int) handlers));
    } else if ("Record".equals(name)) {
      int component = at + 2;
      for (int i = reader.readUnsignedShort(at); i > 0; i--) {
        component = attributes(component + 4);
      }
    }
  }
}
