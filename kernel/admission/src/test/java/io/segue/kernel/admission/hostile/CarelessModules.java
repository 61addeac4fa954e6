package io.segue.kernel.admission.hostile;

import static io.segue.kernel.admission.hostile.Hostile.ADMISSION;

import io.segue.kernel.admission.artifact.TestBundle;
import io.segue.kernel.admission.artifact.TestSources;
import java.util.stream.Stream;

/** Modules whose builder did not think of the other nodes; their bytes show it. */
public final class CarelessModules {
  private CarelessModules() {}

  /** All of them. */
  public static Stream<Hostile> all() {
    return Stream.of(
        begin("reads the clock", "long now = System.currentTimeMillis();", "use Context.time()"),
        begin("reads the clock by reference", "clock = java.time.Instant::now;", "Instant::now"),
        begin("draws a random number", "new java.util.Random().nextInt();", "java.util.Random"),
        begin("makes a UUID", "java.util.UUID.randomUUID();", "UUID.randomUUID()"),
        begin("starts a thread", "new Thread(() -> {}).start();", "makes a java.lang.Thread"),
        begin("streams in parallel", "coins.parallelStream().count();", "parallelStream()"),
        begin("computes with doubles", "fee = (long) (fee * 0.1);", "float or double"),
        begin("writes in the node's language", "\"%d\".formatted(fee);", "pass Locale.ROOT"),
        begin("lowers letters in the node's language", "\"I\".toLowerCase();", "toLowerCase()"),
        begin("encodes in the node's charset", "\"x\".getBytes();", "name the charset"),
        begin("computes in the node's time zone", "java.time.ZoneId.systemDefault();", "UTC"),
        begin("walks over a hash map", "new java.util.HashMap<>();", "use TreeMap"),
        begin(
            "walks over a set that is salted",
            "java.util.Set.of(1, 2, 3);",
            "Set.of(Object,Object,Object), and it must be sorted at once"),
        begin("counts in a static field", "blocks++;", "make the field final"),
        begin("counts in a field of the module", "height++;", "set fields in the constructor only"),
        begin(
            "hashes an identity", "System.identityHashCode(this);", "where an object is in memory"),
        begin("asks for a property", "System.getProperty(\"x\");", "belongs to the node"),
        begin("stops the node", "System.exit(1);", "throw an exception"),
        begin("writes to the console", "System.out.println();", "use an org.slf4j.Logger"),
        begin("opens a file", "new java.io.File(\"x\").delete();", "files belong to the node"),
        begin("opens a connection", "new java.net.Socket();", "no two nodes"),
        begin("looks into private fields", "getClass().getDeclaredFields();", "name classes"),
        begin("catches every error", "try { work(); } catch (Throwable t) {}", "Throwable"),
        begin("asserts", "assert fee > 0;", "throw an exception that says what is wrong"));
  }

  /** A module that does this at the beginning of each block. */
  private static Hostile begin(String name, String statement, String text) {
    String members =
        """
        private java.util.function.Supplier<Object> clock;
        private final java.util.List<String> coins = java.util.List.of();
        private long height;
        public void beginBlock(Context context) {
          long fee = context.height();
          %s
        }
        private void work() { throw new IllegalStateException(); }
        """
            .formatted(statement.replace("blocks++", "Factory.blocks++"));
    String source =
        TestSources.factory("x.bank", "bank", "return 1;", members)
            .replace(
                "implements ModuleFactory {", "implements ModuleFactory { static long blocks;");
    return Hostile.bank(
        "a module that " + name,
        TestBundle.module("bank", "2.0.0").source("x.bank.Factory", source),
        ADMISSION,
        text);
  }
}
