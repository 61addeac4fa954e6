package io.segue.kernel.admission.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.segue.kernel.admission.artifact.GenerationDeclaration.ModuleSource;
import io.segue.kernel.admission.artifact.GenerationDeclaration.Part;
import io.segue.kernel.admission.artifact.GenerationDeclaration.PartKind;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GenerationDeclarationTest {
  private static final String HEAD =
      "io.segue.generation;effective:=generation;plan=v2;handler=\"x.V2Handler\";rules:Long=1";

  @Test
  void readsEverythingADeclarationSays() throws RefusedException {
    GenerationDeclaration declaration =
        read(
            HEAD,
            "io.segue.generation.module;effective:=generation;name=bank;bundle=\"x.bank\";version=\"2.0\"",
            "io.segue.generation.module;effective:=generation;name=mint;bundle=\"x.mint\";version=\"1.0.0\"",
            "io.segue.generation.removed;effective:=generation;name=old",
            "io.segue.generation.drops;effective:=generation;kind=message;names:List<String>=\"/x.MsgB,/x.MsgA\"",
            "io.segue.generation.drops;effective:=generation;kind=ante-step;names:List<String>=bank.fee",
            "io.segue.generation.order;effective:=generation;phase=ante;names:List<String>=\"auth.limits, auth.fee\"",
            "io.segue.generation.setting;effective:=generation;name=\"bech32.prefix\";value=cosmos");

    assertThat(declaration.plan()).isEqualTo("v2");
    assertThat(declaration.bundle()).isEqualTo("x.gen");
    assertThat(declaration.version()).isEqualTo("1.0.0");
    assertThat(declaration.handler()).isEqualTo(Optional.of("x.V2Handler"));
    assertThat(declaration.rules()).isEqualTo(OptionalLong.of(1));
    assertThat(declaration.modules())
        .containsEntry("bank", new ModuleSource("x.bank", "2.0.0"))
        .containsEntry("mint", new ModuleSource("x.mint", "1.0.0"));
    assertThat(declaration.removed()).containsExactly("old");
    assertThat(declaration.drops())
        .containsExactly(
            new Part(PartKind.ANTE_STEP, "bank.fee"),
            new Part(PartKind.MESSAGE, "/x.MsgA"),
            new Part(PartKind.MESSAGE, "/x.MsgB"));
    assertThat(declaration.orders()).containsEntry("ante", List.of("auth.limits", "auth.fee"));
    assertThat(declaration.settings()).containsEntry("bech32.prefix", "cosmos");
  }

  @Test
  void whatIsNotSaidIsEmpty() throws RefusedException {
    GenerationDeclaration declaration = read("io.segue.generation;plan=v2;handler=x.H");
    assertThat(declaration.rules()).isEmpty();
    assertThat(declaration.modules()).isEmpty();
    assertThat(declaration.orders()).isEmpty();
  }

  @Test
  void theFirstGenerationHasNoHandlerAndEveryOtherHasOne() throws RefusedException {
    assertThat(read("io.segue.generation;plan=genesis;rules:Long=1").handler()).isEmpty();
    assertThat(refusal("io.segue.generation;plan=genesis;handler=x.H")).contains("has no handler");
    assertThat(refusal("io.segue.generation;plan=v2")).contains("names no handler for plan v2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          io.segue.generation;handler=x.H                          | lacks the attribute 'plan'
          io.segue.generation;plan=v2;handler="x H"                | no class name
          io.segue.generation;plan=v2;handler=x.H;rules:Long=0     | kernel rules '0'
          io.segue.generation;plan=v2;handler=x.H;rules=one        | kernel rules 'one'
          io.segue.generation;plan=" v2";handler=x.H               | blanks around it
          """)
  void aHeadThatCannotBeMeantIsRefused(String head, String why) {
    assertThat(refusal(head)).startsWith("bundle x.gen 1.0.0").contains(why);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          module;name=bank;bundle=x.bank                      | lacks the attribute 'version'
          module;name=bank;bundle=x.bank;version=two          | gives module bank the version 'two'
          module;name=Bank;bundle=x.bank;version=1            | names a module 'Bank'
          module;name=old;bundle=x.old;version=1              | names module old and removes it
          removed;name=old                                    | removes module old twice
          drops;kind=mesage;names="/x.MsgA"                   | drops a 'mesage'; kinds are [ante-step, bundle, invariant, message, query, store, vote-extension]
          drops;kind=message;names=""                         | drops no message; add names
          drops;kind=message;names="/x.MsgA,/x.MsgA"          | drops message /x.MsgA twice
          order;phase=endBlock;names="a,b,a"                  | orders a twice in phase endBlock
          order;phase=ante;names="a"                          | orders phase ante twice
          setting;name=colour                                 | lacks a value for setting colour
          setting;name=sound;value=loud                       | sets sound twice
          ordre;phase=ante;names="a"                          | io.segue.generation.ordre
          """)
  void aMemberThatCannotBeMeantIsRefused(String capability, String why) {
    assertThat(
            refusal(
                HEAD,
                "io.segue.generation.removed;name=old",
                "io.segue.generation.order;phase=ante;names=\"b\"",
                "io.segue.generation.setting;name=sound;value=low",
                "io.segue.generation." + capability))
        .contains(why);
  }

  @Test
  void aBundleDeclaresOneGeneration() {
    assertThat(refusal(HEAD, HEAD)).contains("declares two generations");
    assertThat(refusal("io.segue.generation.removed;name=old")).contains("declares no generation");
  }

  private static GenerationDeclaration read(String... capabilities) throws RefusedException {
    TestBundle bundle = TestBundle.of("x.gen", "1.0.0");
    for (String capability : capabilities) {
      bundle.provides(capability);
    }
    return GenerationDeclaration.read(
        BundleFile.kept("the jar", Content.of(bundle.jar())).manifest());
  }

  private static String refusal(String... capabilities) {
    RefusedException refused =
        catchThrowableOfType(RefusedException.class, () -> read(capabilities));
    assertThat(refused).as("refused").isNotNull();
    assertThat(refused.reason()).isEqualTo(RefusalReason.MANIFEST);
    return refused.text();
  }
}
