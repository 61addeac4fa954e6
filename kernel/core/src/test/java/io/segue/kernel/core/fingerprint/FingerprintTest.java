package io.segue.kernel.core.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.segue.kernel.admission.artifact.ArtifactSource;
import io.segue.kernel.admission.artifact.TestBundle;
import io.segue.kernel.admission.artifact.TestSources;
import io.segue.kernel.core.assembly.GenerationAssembler;
import io.segue.kernel.core.content.ContentStore;
import io.segue.kernel.core.generation.Generation;
import io.segue.kernel.core.generation.MemorySpace;
import io.segue.kernel.core.generation.NoCrypto;
import io.segue.kernel.core.hold.GenerationException;
import io.segue.kernel.core.hold.HoldReason;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A module whose {@code consensusVersion()} does something with what it keeps. */
class FingerprintTest {
  /** What the module's class has beside its methods, and what it does. */
  private static final String SOURCE =
      """
      package x.bank;
      import io.segue.kernel.api.module.*;
      import java.util.*;
      public class Factory implements ModuleFactory {
        enum Colour { RED, BLUE; int uses; }
        static final class Holder { static final List<String> LIST = new ArrayList<>(); }
        static final class Node { Node next; int value; }
        record Pair(int[] numbers, String text) {}
        static final int[] NUMBERS = new int[2];
        static final Map<String, Object> TABLE = new TreeMap<>(Map.of("a", new long[1]));
        static final StringBuilder TEXT = new StringBuilder("x");
        static final Pair PAIR = new Pair(new int[1], "pair");
        static final java.math.BigInteger BIG = new java.math.BigInteger("123456789012345678901");
        static String hashed = new String("lazy hash");
        static final Node FIRST = new Node();
        public io.segue.kernel.api.module.Module create(Platform platform) {
          Object[] captured = new Object[] {new ArrayList<>(List.of(1))};
          java.util.function.IntSupplier lambda = () -> { captured[0] = captured[0] + "1"; return 1; };
          FIRST.next = FIRST;
          return new io.segue.kernel.api.module.Module() {
            private final java.util.function.IntSupplier supplier = lambda;
            private final Map<String, Integer> uses = new LinkedHashMap<>();
            public String name() { return "bank"; }
            public long consensusVersion() { %s return 1; }
            %s
          };
        }
      }
      """;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          NUMBERS[1]++;                          | x.bank.Factory.NUMBERS has changed
          ((long[]) TABLE.get("a"))[0]++;        | x.bank.Factory.TABLE[0] has changed
          TABLE.put("b" + TABLE.size(), "c");    | x.bank.Factory.TABLE has changed
          TEXT.append("y");                      | x.bank.Factory.TEXT has changed
          PAIR.numbers()[0]++;                   | x.bank.Factory.PAIR.numbers has changed
          hashed = hashed + "x";                 | x.bank.Factory.hashed has changed
          FIRST.next.value++;                    | x.bank.Factory.FIRST.value has changed
          Colour.BLUE.uses++;                    | x.bank.Factory$Colour.$VALUES[1].uses has changed
          uses.merge("call", 1, Integer::sum);   | module bank.uses[0] has changed
          supplier.getAsInt();                   | module bank.val$lambda.arg$1[0] has changed
          Holder.LIST.add("z");                  | x.bank.Factory$Holder.LIST has changed
          """)
  void whatAModuleKeepsIsNamedByItsPlace(String change, String told) throws Exception {
    Generation generation = generation("Colour.RED.name(); Holder.LIST.size(); " + change);
    generation.fingerprint().sample();
    assertThat(generation.fingerprint().change()).isEmpty();

    generation.modules().versions();
    generation.fingerprint().sample();

    assertThat(generation.fingerprint().change()).contains(told);
  }

  @Test
  void whatAHandlerKeepsIsNamedThoughNoModuleReachesIt() throws Exception {
    String messages =
        """
        public Map<String, MessageHandler> messages() {
          int[] seen = new int[1];
          return Map.of("/x.Msg", new MessageHandler() {
            public List<byte[]> signers(byte[] message) { return List.of(); }
            public byte[] handle(Context context, byte[] message) { seen[0]++; return message; }
          });
        }
        """;
    Generation generation = generation("", messages);
    generation.fingerprint().sample();

    generation.modules().message("/x.Msg").handler().parse(new byte[0]).handle(null);
    generation.fingerprint().sample();

    assertThat(generation.fingerprint().change()).contains("message /x.Msg.val$seen has changed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          hashed.hashCode(); BIG.bitLength(); BIG.toString();
          new int[] {1}[0]++; new ArrayList<>(TABLE.keySet()).add("b");
          switch (Colour.RED) { case RED -> {} default -> {} }
          Optional.of(PAIR.text()).map(text -> text + NUMBERS.length);
          """)
  void whatOnlyComputesKeepsNothing(String code) throws Exception {
    Generation generation = generation(code);
    generation.modules().versions();
    for (int i = 0; i < 3; i++) {
      generation.fingerprint().sample();
      generation.modules().versions();
    }

    assertThat(generation.fingerprint().change()).isEmpty();
    assertThat(generation.fingerprint().unknown()).isEmpty();
  }

  @Test
  void whatCouldChangeUnseenIsRefused() {
    GenerationException refused =
        catchThrowableOfType(
            GenerationException.class,
            () -> generation("", "private final Random random = new Random(1);"));

    assertThat(refused.reason()).isEqualTo(HoldReason.MODULES);
    assertThat(refused.text())
        .contains("module bank.random is a java.util.Random, which could change without being");
  }

  @Test
  void aModuleThatKeepsTooMuchIsRefused() {
    GenerationException refused =
        catchThrowableOfType(
            GenerationException.class,
            () -> generation("", "private final Object[] all = new Object[100_000];"));

    assertThat(refused.reason()).isEqualTo(HoldReason.MODULES);
    assertThat(refused.text())
        .contains("modules keep more than 100000 objects in memory; keep state in the stores");
  }

  private Generation generation(String code) throws Exception {
    return generation(code, "");
  }

  private Generation generation(String code, String members) throws Exception {
    String source = SOURCE.formatted("if (Factory.NUMBERS != null) {" + code + "}", members);
    TestBundle auth =
        TestBundle.of("x.auth", "1.0.0")
            .provides("io.segue.module;effective:=generation;name=auth;factory=x.auth.Factory")
            .source(
                "x.auth.Factory",
                TestSources.factory("x.auth", "auth", "return 1;", TestSources.FORMAT));
    return new GenerationAssembler(new MemorySpace(), ContentStore.open(folder), new NoCrypto())
        .assemble(
            Optional.empty(),
            ArtifactSource.archive(
                TestBundle.archive(
                    TestBundle.generation("genesis").takes("auth", "1.0.0").takes("bank", "1.0.0"),
                    auth,
                    TestBundle.of("x.bank", "1.0.0")
                        .provides(
                            "io.segue.module;effective:=generation;name=bank;factory=x.bank.Factory")
                        .source("x.bank.Factory", source))));
  }
}
