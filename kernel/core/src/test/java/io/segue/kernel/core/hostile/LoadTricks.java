package io.segue.kernel.core.hostile;

import static io.segue.kernel.admission.hostile.Hostile.bank;
import static io.segue.kernel.core.hold.HoldReason.COMPOSITION;
import static io.segue.kernel.core.hold.HoldReason.FACTORY;
import static io.segue.kernel.core.hold.HoldReason.HANDLER;
import static io.segue.kernel.core.hold.HoldReason.MODULES;
import static io.segue.kernel.core.hold.HoldReason.NEWER_KERNEL;
import static io.segue.kernel.core.hold.HoldReason.UNRESOLVED;

import io.segue.kernel.admission.artifact.TestBundle;
import io.segue.kernel.admission.artifact.TestSources;
import io.segue.kernel.admission.hostile.Hostile;
import java.util.stream.Stream;

/** Bundles that pass admission and fail, or mean to harm, when their code is first run. */
final class LoadTricks {
  private static final String FACTORY_CLASS = "x.bank.Factory";

  private LoadTricks() {}

  static Stream<Hostile> all() {
    return Stream.of(
        factory(
            "throws",
            "throw new IllegalStateException(\"no\");",
            FACTORY.name(),
            "IllegalStateException: no"),
        factory(
            "throws an Error",
            "throw new AssertionError(\"no\");",
            FACTORY.name(),
            "java.lang.AssertionError: no"),
        factory(
            "overflows the stack",
            "return create(platform);",
            FACTORY.name(),
            "StackOverflowError"),
        factory(
            "asks for all memory",
            "int[][] all = new int[1 << 20][1 << 30]; return null;",
            FACTORY.name(),
            "OutOfMemoryError"),
        factory("returns null", "return null;", FACTORY.name(), "returned null"),
        bank(
            "a factory that is none",
            Hostile.bank().source(FACTORY_CLASS, "package x.bank; public class Factory {}"),
            FACTORY.name(),
            "it is no ModuleFactory"),
        bank(
            "a factory that nobody may make",
            Hostile.bank()
                .source(
                    FACTORY_CLASS,
                    TestSources.factory("x.bank", "bank", "return 1;", "")
                        .replace(
                            "{\n  public Module", "{\n  private Factory() {}\n  public Module")),
            FACTORY.name(),
            "NoSuchMethodException"),
        bank(
            "a factory that is not there",
            TestBundle.of("x.bank", "2.0.0")
                .provides("io.segue.module;effective:=generation;name=bank;factory=x.bank.Gone"),
            FACTORY.name(),
            "ClassNotFoundException"),
        bank(
            "a static initializer that throws",
            Hostile.bank()
                .source(
                    FACTORY_CLASS,
                    TestSources.factory("x.bank", "bank", "return 1;", "")
                        .replace(
                            "{\n  public Module",
                            "{\n  static final int N = 1 / Integer.parseInt(\"0\");\n  public Module")),
            FACTORY.name(),
            "ArithmeticException"),
        module(
            "calls itself otherwise",
            "public String name() { return \"bnak\"; }",
            "calls itself bnak"),
        module("has no name", "public String name() { return null; }", "returned null"),
        module("has no descriptors", "public byte[] descriptors() { return null; }", "null"),
        module(
            "has no tables",
            "public java.util.Map<String, MessageHandler> messages() { return null; }",
            "messages"),
        module(
            "throws in a table",
            "public java.util.Map<Long, Migration> migrations() { throw new IllegalStateException(\"no\"); }",
            "no"),
        module("is of no version", "public long consensusVersion() { return 0; }", "version"),
        module(
            "takes the store of another",
            "public java.util.List<String> stores() { return java.util.List.of(\"auth\"); }",
            "auth"),
        module(
            "is called by an Error",
            "public byte[] defaultGenesis() { return defaultGenesis(); }",
            "StackOverflowError"),
        bank(
            "a class that does not verify",
            Hostile.bank().file("x/bank/Bad.class", Unverifiable.classFile("x/bank/Bad")),
            UNRESOLVED.name(),
            "class x.bank.Bad can't be loaded"),
        Hostile.bytes(
            "a handler that is not there",
            () ->
                TestBundle.archive(
                    TestBundle.of("x.gen", "1.0.0")
                        .provides(
                            "io.segue.generation;effective:=generation;plan=v2;handler=x.Gone")),
            HANDLER.name(),
            "x.Gone"),
        Hostile.bytes(
            "a handler that throws when it is made",
            () ->
                TestBundle.archive(
                    TestBundle.generation(Hostile.PLAN)
                        .source(
                            "x.gen.Handler",
                            """
                            package x.gen;
                            public class Handler implements io.segue.kernel.api.upgrade.UpgradeHandler {
                              public Handler() { throw new IllegalStateException("no"); }
                            }
                            """)),
            HANDLER.name(),
            "IllegalStateException: no"),
        Hostile.bytes(
            "kernel rules that this node does not know",
            () ->
                TestBundle.archive(
                    TestBundle.of("x.gen", "1.0.0")
                        .provides(
                            "io.segue.generation;effective:=generation;plan=v2;handler=x.H;"
                                + "rules:Long=99")),
            NEWER_KERNEL.name(),
            "kernel rules 99",
            "newer distribution"),
        Hostile.bytes(
            "a module that is removed and was never there",
            () ->
                TestBundle.archive(
                    TestBundle.generation(Hostile.PLAN)
                        .provides("io.segue.generation.removed;effective:=generation;name=gone")),
            COMPOSITION.name(),
            "removes module gone, which is not there"),
        Hostile.bytes(
            "a phase that there is not",
            () ->
                TestBundle.archive(
                    TestBundle.generation(Hostile.PLAN)
                        .provides(
                            "io.segue.generation.order;effective:=generation;phase=midBlock;"
                                + "names:List<String>=\"bank\"")),
            COMPOSITION.name(),
            "orders phase 'midBlock'"));
  }

  private static Hostile factory(String name, String body, String reason, String text) {
    return bank(
        "a factory that " + name,
        Hostile.bank()
            .source(
                FACTORY_CLASS,
                """
                package x.bank;
                import io.segue.kernel.api.module.*;
                public class Factory implements ModuleFactory {
                  public io.segue.kernel.api.module.Module create(Platform platform) { %s }
                }
                """
                    .formatted(body)),
        reason,
        "the factory of module bank in bundle x.bank 2.0.0",
        text,
        "fix the bundle");
  }

  /** A module with one method that is not as it should be. */
  private static Hostile module(String name, String method, String text) {
    String plain = TestSources.factory("x.bank", "bank", "return 1;", "");
    String source =
        method.contains(" name()")
            ? plain.replace("public String name() { return \"bank\"; }", method)
            : method.contains(" consensusVersion()")
                ? plain.replace("public long consensusVersion() { return 1; }", method)
                : TestSources.factory("x.bank", "bank", "return 1;", method);
    return bank(
        "a module that " + name,
        Hostile.bank().source(FACTORY_CLASS, source),
        MODULES.name(),
        text);
  }
}
