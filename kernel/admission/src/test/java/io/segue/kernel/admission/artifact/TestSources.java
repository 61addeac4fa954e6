package io.segue.kernel.admission.artifact;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Sources of the bundles in tests, and a compiler that keeps everything in memory. */
public final class TestSources {
  /** A handler that does nothing, {@code x.gen.Handler}. */
  public static final String HANDLER =
      """
      package x.gen;
      public class Handler implements io.segue.kernel.api.upgrade.UpgradeHandler {}
      """;

  /** The members of a module that has a transaction format. */
  public static final String FORMAT =
      """
      public java.util.Optional<TxFormat> txFormat() {
        return java.util.Optional.of(new TxFormat() {
          public Tx decode(byte[] raw, Descriptors d, boolean simulate) { return null; }
          public byte[] encodeResponses(java.util.List<Tx.Message> responses) { return raw(); }
          public byte[] encodeSimulation(long w, long u, java.util.List<Tx.Message> r,
              java.util.List<io.segue.kernel.api.abci.Abci.Event> e) { return raw(); }
          public byte[] simulatedTx(byte[] request) { return request; }
          private byte[] raw() { return new byte[0]; }
        });
      }
      """;

  private static final Map<Map<String, String>, Map<String, byte[]>> COMPILED =
      new ConcurrentHashMap<>();

  private TestSources() {}

  /** A factory of a module. */
  public static String factory(String pkg, String module, String consensusVersion, String members) {
    return """
        package %s;
        import io.segue.kernel.api.module.*;
        import io.segue.kernel.api.module.Module;
        public class Factory implements ModuleFactory {
          public Module create(Platform platform) {
            return new Module() {
              public String name() { return "%s"; }
              public long consensusVersion() { %s }
              %s
            };
          }
        }
        """
        .formatted(pkg, module, consensusVersion, members);
  }

  /** Class files by class name; the same sources are compiled once. */
  public static Map<String, byte[]> compile(Map<String, String> sources) {
    return sources.isEmpty()
        ? Map.of()
        : COMPILED.computeIfAbsent(Map.copyOf(sources), TestSources::compileAnew);
  }

  private static Map<String, byte[]> compileAnew(Map<String, String> sources) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
    Map<String, ByteArrayOutputStream> classes = new HashMap<>();
    List<JavaFileObject> units = new ArrayList<>();
    sources.forEach((name, text) -> units.add(new Source(name, text)));
    JavaFileManager files =
        new InMemory(compiler.getStandardFileManager(problems, null, null), classes);
    List<String> options = List.of("--release", "17", "-proc:none");
    if (!compiler.getTask(null, files, problems, options, null, units).call()) {
      throw new IllegalArgumentException(problems.getDiagnostics().toString());
    }
    Map<String, byte[]> compiled = new TreeMap<>();
    classes.forEach((name, bytes) -> compiled.put(name, bytes.toByteArray()));
    return compiled;
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String className, String text) {
      super(URI.create("mem:///" + className.replace('.', '/') + ".java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  private static final class InMemory extends ForwardingJavaFileManager<JavaFileManager> {
    private final Map<String, ByteArrayOutputStream> classes;

    InMemory(JavaFileManager files, Map<String, ByteArrayOutputStream> classes) {
      super(files);
      this.classes = classes;
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      classes.put(className, bytes);
      return new SimpleJavaFileObject(URI.create("mem:///" + className + ".class"), kind) {
        @Override
        public OutputStream openOutputStream() {
          return bytes;
        }
      };
    }
  }
}
