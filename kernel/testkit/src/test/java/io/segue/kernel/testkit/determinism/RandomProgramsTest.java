package io.segue.kernel.testkit.determinism;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.segue.kernel.admission.code.CodeCheck;
import io.segue.kernel.admission.load.LoadRules;
import io.segue.kernel.api.module.MessageHandler;
import io.segue.kernel.api.module.Module;
import io.segue.kernel.api.node.CheckReport.Finding;
import io.segue.kernel.api.node.CheckReport.Severity;
import io.segue.kernel.testkit.modules.ModuleChain;
import io.segue.kernel.testkit.modules.PlainAuth;
import io.segue.kernel.testkit.modules.PlainTx;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random programs of what the list allows give the same in JVMs that differ. More of them: {@code
 * -Dsegue.programs=10000}, and others: {@code -Dsegue.programs.seed=2}.
 */
class RandomProgramsTest {
  /** Programs in one chain, compiled together. */
  private static final int TOGETHER = 500;

  private static final String FOLDER = "segue.programs.folder";

  @TempDir Path folder;

  @Test
  void giveTheSameEverywhere() throws IOException {
    int programs = Integer.getInteger("segue.programs", 200);
    long seed = Long.getLong("segue.programs.seed", 1);
    int ran = 0;
    for (int first = 0; first < programs; first += TOGETHER) {
      Path classes = Files.createDirectory(folder.resolve("from" + first));
      ProgramWriter writer = new ProgramWriter(seed * 1_000_003 + first);
      Map<String, String> sources = new TreeMap<>();
      for (int i = first; i < Math.min(programs, first + TOGETHER); i++) {
        sources.put("P" + i, writer.program("P" + i));
      }
      ran += compile(sources, classes);
      assertThat(refusals(classes)).isEmpty();
      System.setProperty(FOLDER, classes.toString());
      try {
        Determinism.of(Programs.class).in(Jvm.few().subList(1, 3)).check();
      } finally {
        System.clearProperty(FOLDER);
      }
    }
    assertThat(ProgramWriter.members()).as("members that are called").isGreaterThan(400);
    assertThat(ran).as("programs that compile").isGreaterThan(programs * 9 / 10);
  }

  /** All programs in one block, with two blocks. */
  public static final class Programs implements Scenario {
    @Override
    public void run(Trace trace) throws Exception {
      Map<String, MessageHandler> programs = programs(Path.of(System.getProperty(FOLDER)));
      byte[][] txs =
          programs.keySet().stream()
              .map(url -> PlainTx.of(url, url.getBytes(UTF_8)))
              .toArray(byte[][]::new);
      try (ModuleChain chain =
          ModuleChain.of(Map.of(), new PlainAuth(), new ProgramsModule(programs))) {
        chain.start("{}");
        trace.block(chain, txs);
        trace.block(chain, txs);
        for (String url : programs.keySet()) {
          trace.add(url, chain.query("/p.Query/Result", url.getBytes(UTF_8)).value());
        }
      }
    }
  }

  /** Programs as the handlers of messages. */
  private record ProgramsModule(Map<String, MessageHandler> messages) implements Module {
    @Override
    public String name() {
      return "programs";
    }

    @Override
    public long consensusVersion() {
      return 1;
    }

    @Override
    public Map<String, io.segue.kernel.api.module.QueryHandler> queries() {
      return Map.of(
          "/p.Query/Result",
          (context, url) -> {
            byte[] result = context.store().get(url);
            return result == null ? new byte[0] : result;
          });
    }
  }

  private static Map<String, MessageHandler> programs(Path folder) throws Exception {
    ClassLoader loader =
        new ClassLoader(RandomProgramsTest.class.getClassLoader()) {
          @Override
          protected Class<?> findClass(String name) throws ClassNotFoundException {
            try {
              byte[] admitted =
                  Files.readAllBytes(folder.resolve(name.replace('.', '/') + ".class"));
              byte[] loaded = LoadRules.apply(LoadRules.NEWEST, admitted);
              return defineClass(name, loaded, 0, loaded.length);
            } catch (IOException e) {
              throw new ClassNotFoundException(name, e);
            }
          }
        };
    Map<String, MessageHandler> programs = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder.resolve("p"))) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString().replace(".class", "");
        if (!name.contains("$")) {
          programs.put(
              "/p." + name,
              (MessageHandler) loader.loadClass("p." + name).getConstructor().newInstance());
        }
      }
    }
    return programs;
  }

  private static List<Finding> refusals(Path classes) throws IOException {
    Map<String, byte[]> entries = new TreeMap<>();
    try (Stream<Path> files = Files.list(classes.resolve("p"))) {
      for (Path file : files.toList()) {
        entries.put("p/" + file.getFileName(), Files.readAllBytes(file));
      }
    }
    return CodeCheck.check(
            "p 1.0.0", entries, Set.of("io.segue.kernel.api.module"), Integer.MAX_VALUE)
        .stream()
        .filter(finding -> finding.severity() == Severity.REFUSE)
        .toList();
  }

  /** Compiles the sources that compile, and says how many. */
  private static int compile(Map<String, String> sources, Path classes) {
    Map<String, String> left = new TreeMap<>(sources);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    while (true) {
      DiagnosticCollector<JavaFileObject> told = new DiagnosticCollector<>();
      List<JavaFileObject> units = new ArrayList<>();
      left.forEach((name, text) -> units.add(new Source(name, text)));
      List<String> options =
          List.of(
              "--release",
              "17",
              "-proc:none",
              "-nowarn",
              "-Xmaxerrs",
              "100000",
              "-d",
              classes.toString(),
              "-cp",
              System.getProperty("java.class.path"));
      if (compiler.getTask(null, null, told, options, null, units).call()) {
        return left.size();
      }
      Set<String> failed = new HashSet<>();
      for (Diagnostic<? extends JavaFileObject> diagnostic : told.getDiagnostics()) {
        if (diagnostic.getKind() == Diagnostic.Kind.ERROR) {
          failed.add(Path.of(diagnostic.getSource().toUri().getPath()).getFileName().toString());
        }
      }
      failed.forEach(file -> left.remove(file.replace(".java", "")));
    }
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String name, String text) {
      super(URI.create("mem:///p/" + name + ".java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
