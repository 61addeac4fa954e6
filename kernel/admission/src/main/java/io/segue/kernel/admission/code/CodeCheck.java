package io.segue.kernel.admission.code;

import io.segue.kernel.admission.allow.AllowList;
import io.segue.kernel.admission.load.LoadRules;
import io.segue.kernel.api.node.CheckReport.Finding;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;

/**
 * Checks the classes of one bundle by their bytes, before anything of it is installed. Sees what is
 * called, made, extended and caught, and the types that this is done to, and not what flows where:
 * a {@code Map} whose order matters may hide behind an interface. For that there is the determinism
 * check of the testkit.
 *
 * <p>Whatever a class file makes the reader throw, an Error of a nesting without end included, is a
 * finding about that class; the check itself goes on.
 */
public final class CodeCheck {
  /** Newest class files that are admitted: those of Java 17. */
  public static final int NEWEST_CLASS_FILE = 61;

  /** Oldest class files that are admitted: the first whose types the VM always checks by frames. */
  static final int OLDEST_CLASS_FILE = 51;

  private static final int MAGIC = 0xcafebabe;
  private static final int PREVIEW = 0xffff;
  private static final int HEADER_BYTES = 8;
  private static final String SUFFIX = ".class";
  private static final String MODULE_INFO = "module-info";

  /** What a bundle may never bring itself. */
  private static final List<String> PLATFORM =
      List.of(
          "java/",
          "javax/",
          "jdk/",
          "sun/",
          "io/segue/kernel/",
          "com/google/protobuf/",
          "org/osgi/",
          "org/slf4j/");

  private final Rules rules = Rules.TABLE;
  private final Findings findings;
  private final BundleTypes types = new BundleTypes();
  private final Map<String, ClassReader> classes = new LinkedHashMap<>();

  private CodeCheck(String bundle, int limit) {
    this.findings = new Findings(bundle, limit);
  }

  /**
   * What is found in the classes of a bundle.
   *
   * @param bundle symbolic name and version
   * @param entries the class files by their path in the jar
   * @param imports the packages the bundle imports, with dots
   * @param limit a bundle with more findings is refused, and not looked at any further
   */
  public static List<Finding> check(
      String bundle, Map<String, byte[]> entries, Set<String> imports, int limit) {
    CodeCheck check = new CodeCheck(bundle, limit);
    entries.forEach(check::open);
    Uses written = check.uses(AllowList.CODE, "platform", imports);
    Uses generated = check.uses(AllowList.GENERATED, "generated-code", imports);
    entries.forEach(
        (entry, bytes) -> {
          ClassReader reader = check.classes.get(entry);
          if (reader != null) {
            boolean made = check.types.isGenerated(reader.getClassName());
            check.look(entry, bytes, reader, made ? generated : written, made);
          }
        });
    return check.findings.list();
  }

  /** Names of all rules. */
  public static Set<String> rules() {
    return Rules.TABLE.ids();
  }

  private Uses uses(AllowList list, String rest, Set<String> imports) {
    return new Uses(list, rules, rest, types, imports);
  }

  private void open(String entry, byte[] bytes) {
    if (bytes.length < HEADER_BYTES || ByteBuffer.wrap(bytes).getInt() != MAGIC) {
      found("class-file", entry, entry + " is no class file");
      return;
    }
    int minor = ByteBuffer.wrap(bytes).getShort(4) & 0xffff;
    int version = ByteBuffer.wrap(bytes).getShort(6) & 0xffff;
    if (version < OLDEST_CLASS_FILE || version > NEWEST_CLASS_FILE || minor == PREVIEW) {
      found(
          "class-version",
          entry,
          "is a class file of version " + version + (minor == PREVIEW ? " with previews" : ""));
      return;
    }
    try {
      ClassReader reader = new ClassReader(bytes);
      AttributeBounds.check(reader, bytes.length);
      if (entry.equals(MODULE_INFO + SUFFIX)) {
        moduleInfo(entry, reader);
        return;
      }
      name(entry, reader.getClassName());
      types.add(reader);
      classes.put(entry, reader);
    } catch (RuntimeException | Error e) { // whatever a damaged file makes ASM stumble over
      damaged(entry, e);
    }
  }

  /** The VM never loads a class with this mark; without it the file is a class like any other. */
  private void moduleInfo(String entry, ClassReader reader) {
    if ((reader.getAccess() & Opcodes.ACC_MODULE) == 0
        || !reader.getClassName().equals(MODULE_INFO)) {
      found("module-info", entry, entry + " is no module descriptor");
    }
  }

  private void name(String entry, String className) {
    if (!entry.equals(className + SUFFIX)) {
      found("class-name", className, "is at " + entry);
    }
    if (PLATFORM.stream().anyMatch(className::startsWith)) {
      found("private-copy", className, "is a class of the platform's");
    }
  }

  private void look(String entry, byte[] bytes, ClassReader reader, Uses uses, boolean generated) {
    if (findings.full()) {
      return;
    }
    try {
      reader.accept(
          new ClassScan(rules, types, uses, findings, generated),
          generated ? ClassReader.SKIP_FRAMES : ClassReader.EXPAND_FRAMES);
    } catch (RuntimeException | Error e) { // as above, in the code
      damaged(entry, e);
      return;
    }
    try {
      LoadRules.requireLoadable(bytes);
    } catch (RuntimeException | Error e) {
      found("not-loadable", entry, "is not loaded: " + e.getMessage());
    }
  }

  private void damaged(String entry, Throwable e) {
    found(
        "class-file",
        entry,
        entry
            + " can't be read ("
            + (e instanceof StackOverflowError
                ? "its parts are nested too deep"
                : e.getClass().getSimpleName())
            + ")");
  }

  private void found(String rule, String entryOrName, String what) {
    String name =
        entryOrName.endsWith(SUFFIX)
            ? entryOrName.substring(0, entryOrName.length() - SUFFIX.length())
            : entryOrName;
    findings.add(rules.named(rule), name, "", 0, what);
  }
}
