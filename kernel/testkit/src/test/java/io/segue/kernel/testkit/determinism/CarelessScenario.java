package io.segue.kernel.testkit.determinism;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.Module;
import io.segue.kernel.testkit.modules.ModuleChain;
import io.segue.kernel.testkit.modules.PlainAuth;
import java.nio.charset.Charset;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** A chain of modules, each of which writes something at every block that a node should not see. */
public final class CarelessScenario implements Scenario {
  /** The module that does nothing wrong. */
  static final String CAREFUL = "careful";

  private static final int BLOCKS = 3;

  private static long blocksEver;

  /** What each module writes, by its name. */
  @SuppressWarnings("StringCaseLocaleUsage") // Careless on purpose.
  static SortedMap<String, Function<Context, Object>> modules() {
    SortedMap<String, Function<Context, Object>> modules = new TreeMap<>();
    modules.put(CAREFUL, context -> context.height() + " " + context.time());
    modules.put("assertions", context -> assertionsRun());
    modules.put("charset", context -> "\u00fc".getBytes(Charset.defaultCharset()).length);
    modules.put("clock", context -> System.nanoTime());
    modules.put("directory", context -> System.getProperty("user.dir"));
    modules.put("identity-order", context -> identityOrder());
    modules.put("locale", context -> "TITLE".toLowerCase());
    modules.put("memory", context -> Runtime.getRuntime().maxMemory());
    modules.put("numerals", context -> String.format("%d", 1234));
    modules.put("random", context -> new Random().nextLong());
    modules.put("salted-map", context -> Map.copyOf(many()).toString());
    modules.put("salted-set", context -> Set.copyOf(many().keySet()).toString());
    modules.put("stack", context -> depth(0));
    modules.put("statics", context -> ++blocksEver);
    modules.put("time-zone", context -> context.time().atZone(ZoneId.systemDefault()).toString());
    long[] field = {0};
    modules.put("fields", context -> ++field[0]);
    return modules;
  }

  @Override
  public void run(Trace trace) {
    List<Module> all = new ArrayList<>(List.of(new PlainAuth()));
    modules().forEach((name, work) -> all.add(new Writing(name, work)));
    try (ModuleChain chain = ModuleChain.of(Map.of(), all.toArray(new Module[0]))) {
      chain.start("{}");
      for (int i = 0; i < BLOCKS; i++) {
        trace.block(chain);
      }
    }
  }

  /** So many, and so far apart, that two salts hardly ever give one order. */
  private static Map<String, Long> many() {
    Map<String, Long> many = new TreeMap<>();
    for (long i = 1; i <= 100; i++) {
      many.put("key " + i * 7919, i);
    }
    return many;
  }

  private static boolean assertionsRun() {
    boolean run = false;
    assert run = true;
    return run;
  }

  /** The order in which a map has objects that have no hashCode() of their own. */
  private static String identityOrder() {
    Map<Object, Integer> map = new HashMap<>();
    for (int i = 0; i < 20; i++) {
      map.put(new Object(), i);
    }
    return map.values().toString();
  }

  @SuppressWarnings("InfiniteRecursion") // until the stack ends
  private static int depth(int from) {
    try {
      return depth(from + 1);
    } catch (StackOverflowError e) {
      return from;
    }
  }

  /** Writes what its work gives at the beginning of each block. */
  private record Writing(String name, Function<Context, Object> work) implements Module {
    @Override
    public long consensusVersion() {
      return 1;
    }

    @Override
    public void beginBlock(Context context) {
      byte[] value = String.valueOf(work.apply(context)).getBytes(UTF_8);
      context.store().set(new byte[] {1}, value);
    }
  }
}
