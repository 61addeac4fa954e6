package io.segue.kernel.core.hostile;

import static io.segue.kernel.core.hold.HoldReason.ADMISSION;
import static io.segue.kernel.core.hold.HoldReason.COMPOSITION;
import static io.segue.kernel.core.hold.HoldReason.MANIFEST;

import io.segue.kernel.admission.artifact.TestBundle;
import io.segue.kernel.admission.artifact.TestSources;
import io.segue.kernel.admission.hostile.Hostile;
import java.util.List;
import java.util.stream.Stream;

/** Generations whose bundles are fine one by one, and which take from the chain what it needs. */
final class CompositionTricks {
  private static final String ORDER = "io.segue.generation.order;effective:=generation;phase=ante;";
  private static final String REMOVED = "io.segue.generation.removed;effective:=generation;name=";

  private static final String HANDLES =
      """
      public java.util.Map<String, MessageHandler> messages() {
        return java.util.Map.of("%s", new MessageHandler() {
          public java.util.List<byte[]> signers(byte[] message) { return java.util.List.of(); }
          public byte[] handle(Context context, byte[] message) { return message; }
        });
      }
      """;

  private static final String DROPS =
      "io.segue.generation.drops;effective:=generation;kind=%s;names:List<String>=\"%s\"";

  private static final String QUERIES =
      """
      public java.util.Map<String, QueryHandler> queries() {
        return java.util.Map.of("/x.Query/Supply", (context, request) -> request);
      }
      """;

  private static final String INVARIANTS =
      """
      public java.util.Map<String, Invariant> invariants() {
        return java.util.Map.of("supply", context -> java.util.Optional.empty());
      }
      """;

  private static final String MINTS = HANDLES.formatted("/x.MsgMint");

  private CompositionTricks() {}

  static Stream<Hostile> all() {
    return Stream.of(
        generation(
            "an ante order with no names",
            COMPOSITION.name(),
            "no step in its ante order that verifies signatures (now auth.signature)",
            TestBundle.generation(Hostile.PLAN).provides(ORDER + "names:List<String>=\"\"")),
        generation(
            "an ante order of another step",
            COMPOSITION.name(),
            "no step in its ante order that verifies signatures",
            TestBundle.generation(Hostile.PLAN)
                .provides(ORDER + "names:List<String>=\"auth.memo\"")),
        generation(
            "an auth that does not say which step verifies",
            COMPOSITION.name(),
            "declares as 'signatures'",
            TestBundle.generation(Hostile.PLAN).takes("auth", "2.0.0"),
            auth("2.0.0", "")),
        generation(
            "no module that changes plans",
            COMPOSITION.name(),
            "no module 'upgrade' that declares its 'route'",
            TestBundle.generation(Hostile.PLAN).provides(REMOVED + "upgrade")),
        generation(
            "a module that changes plans without saying how",
            COMPOSITION.name(),
            "no module 'upgrade' that declares its 'route'",
            TestBundle.generation(Hostile.PLAN).takes("upgrade", "2.0.0"),
            upgrade("2.0.0", "", "/x.MsgSchedule")),
        generation(
            "a module that changes plans by a message it does not have",
            COMPOSITION.name(),
            "no module for /x.MsgSchedule",
            TestBundle.generation(Hostile.PLAN).takes("upgrade", "2.0.0"),
            upgrade("2.0.0", ";route:List<String>=\"/x.MsgSchedule\"", "/x.MsgOther")),
        generation(
            "no module that proposes plans",
            COMPOSITION.name(),
            "no module for /x.MsgPropose, so no plan could be scheduled after it",
            TestBundle.generation(Hostile.PLAN).provides(REMOVED + "gov")),
        generation(
            "a module that proposes plans without messages",
            COMPOSITION.name(),
            "no module for /x.MsgPropose",
            TestBundle.generation(Hostile.PLAN).takes("gov", "2.0.0"),
            TestBundle.module("gov", "2.0.0")),
        mint("a module without a message", "message /x.MsgMint", QUERIES + INVARIANTS),
        mint("a module without a query", "query /x.Query/Supply", MINTS + INVARIANTS),
        mint("a module without an invariant", "invariant mint/supply", MINTS + QUERIES),
        mint(
            "a module without its store",
            "store mint",
            MINTS
                + QUERIES
                + INVARIANTS
                + "public java.util.List<String> stores() { return java.util.List.of(); }"),
        generation(
            "an ante order without a step",
            COMPOSITION.name(),
            "loses ante-step auth.memo, which its declaration does not say",
            TestBundle.generation(Hostile.PLAN)
                .provides(ORDER + "names:List<String>=\"auth.signature\"")),
        generation(
            "a module of the same name in another bundle",
            COMPOSITION.name(),
            "loses bundle mint, message /x.MsgMint",
            TestBundle.generation(Hostile.PLAN)
                .provides(
                    "io.segue.generation.module;effective:=generation;name=mint;bundle=x.press;version=1"),
            TestBundle.of("x.press", "1")
                .provides("io.segue.module;effective:=generation;name=mint;factory=x.press.Factory")
                .source(
                    "x.press.Factory",
                    TestSources.factory("x.press", "mint", "return 1;", QUERIES + INVARIANTS))),
        generation(
            "a drop of what the chain keeps",
            COMPOSITION.name(),
            "drops message /x.MsgMint, which the chain does not lose by it",
            TestBundle.generation(Hostile.PLAN).provides(DROPS.formatted("message", "/x.MsgMint"))),
        generation(
            "a drop of what is said to be of another kind",
            COMPOSITION.name(),
            "loses message /x.MsgMint",
            TestBundle.generation(Hostile.PLAN)
                .takes("mint", "2.0.0")
                .provides(DROPS.formatted("query", "/x.MsgMint")),
            module("mint", "2.0.0", "", QUERIES + INVARIANTS)),
        generation(
            "a drop of a kind that there is not",
            MANIFEST.name(),
            "drops a 'module'; kinds are",
            TestBundle.generation(Hostile.PLAN).provides(DROPS.formatted("module", "mint"))),
        generation(
            "a new module in a bundle that is called as a carried-over one",
            ADMISSION.name(),
            "x.bank.Factory$1.consensusVersion (line 8): calls java.lang.System.nanoTime()",
            TestBundle.generation(Hostile.PLAN)
                .provides(
                    "io.segue.generation.module;effective:=generation;name=evil;bundle=x.bank;"
                        + "version=\"9.9.9\""),
            TestBundle.of("x.bank", "9.9.9")
                .provides("io.segue.module;effective:=generation;name=evil;factory=x.bank.Factory")
                .source(
                    "x.bank.Factory",
                    TestSources.factory(
                        "x.bank", "evil", "return System.nanoTime() > 0 ? 1 : 2;", ""))));
  }

  /** The generation that runs: it verifies signatures and can schedule plans. */
  static byte[] genesis() {
    return TestBundle.archive(
        TestBundle.generation("genesis")
            .takes("auth", "1.0.0")
            .takes("bank", "1.0.0")
            .takes("gov", "1.0.0")
            .takes("mint", "1.0.0")
            .takes("upgrade", "1.0.0")
            .provides(ORDER + "names:List<String>=\"auth.memo,auth.signature\""),
        auth("1.0.0", ";signatures:List<String>=\"auth.signature\""),
        TestBundle.module("bank", "1.0.0"),
        module("gov", "1.0.0", "", HANDLES.formatted("/x.MsgPropose")),
        module("mint", "1.0.0", "", MINTS + QUERIES + INVARIANTS),
        upgrade("1.0.0", ";route:List<String>=\"/x.MsgSchedule,/x.MsgPropose\"", "/x.MsgSchedule"));
  }

  /** Version 2.0.0 of mint, which has these members and no others. */
  private static Hostile mint(String name, String lost, String members) {
    return generation(
        name,
        COMPOSITION.name(),
        "loses " + lost + ", which its declaration does not say; keep it, or add",
        TestBundle.generation(Hostile.PLAN).takes("mint", "2.0.0"),
        module("mint", "2.0.0", "", members));
  }

  private static TestBundle auth(String version, String attributes) {
    return module(
        "auth",
        version,
        attributes,
        TestSources.FORMAT
            + """
            public java.util.Map<String, AnteStep> anteSteps() {
              AnteStep step = (context, tx) -> {};
              return java.util.Map.of("auth.memo", step, "auth.signature", step);
            }
            """);
  }

  private static TestBundle upgrade(String version, String attributes, String message) {
    return module(
        "upgrade",
        version,
        attributes,
        HANDLES.formatted(message)
            + "public java.util.List<String> stores() { return java.util.List.of(); }");
  }

  private static TestBundle module(String name, String version, String attributes, String members) {
    return TestBundle.of("x." + name, version)
        .provides(
            "io.segue.module;effective:=generation;name="
                + name
                + ";factory=x."
                + name
                + ".Factory"
                + attributes)
        .source(
            "x." + name + ".Factory", TestSources.factory("x." + name, name, "return 1;", members));
  }

  private static Hostile generation(
      String name, String reason, String text, TestBundle... bundles) {
    return new Hostile(name, () -> TestBundle.archive(bundles), reason, List.of(text));
  }
}
