package io.segue.kernel.core.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.segue.kernel.admission.artifact.BundleFile;
import io.segue.kernel.admission.artifact.Content;
import io.segue.kernel.admission.artifact.GenerationDeclaration;
import io.segue.kernel.admission.artifact.GenerationDeclaration.ModuleSource;
import io.segue.kernel.admission.artifact.RefusedException;
import io.segue.kernel.admission.artifact.TestBundle;
import io.segue.kernel.core.hold.GenerationException;
import io.segue.kernel.core.hold.HoldReason;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CompositionTest {
  private static final String V2 = "io.segue.generation;plan=v2;handler=x.H";

  @Test
  void whatTheNewGenerationDoesNotNameCarriesOver() throws GenerationException {
    Composition v2 =
        Composition.of(
            Optional.of(genesis()),
            declaration(
                V2,
                "io.segue.generation.module;name=bank;bundle=x.bank;version=2",
                "io.segue.generation.order;phase=endBlock;names=\"bank,gov\"",
                "io.segue.generation.setting;name=colour;value=blue"));

    assertThat(v2.rules()).isEqualTo(1);
    assertThat(v2.modules())
        .containsEntry("bank", new ModuleSource("x.bank", "2.0.0"))
        .containsEntry("gov", new ModuleSource("x.gov", "1.0.0"));
    assertThat(v2.orders())
        .containsEntry("ante", List.of("gov.fee", "bank.fee"))
        .containsEntry("endBlock", List.of("bank", "gov"));
    assertThat(v2.settings()).containsEntry("prefix", "cosmos").containsEntry("colour", "blue");
  }

  @Test
  void aRemovedModuleLeavesTheOrdersThatCarryOver() throws GenerationException {
    Composition v2 =
        Composition.of(
            Optional.of(genesis()), declaration(V2, "io.segue.generation.removed;name=gov"));

    assertThat(v2.modules()).containsOnlyKeys("bank");
    assertThat(v2.orders())
        .containsEntry("ante", List.of("bank.fee"))
        .containsEntry("endBlock", List.of("bank"));
  }

  @Test
  void removingWhatIsNotThereIsRefused() throws GenerationException {
    assertThat(refusal(genesis(), V2, "io.segue.generation.removed;name=mint"))
        .contains("generation v2 removes module mint, which is not there");
  }

  @Test
  void kernelRulesNeverGoBack() throws GenerationException {
    Composition later = Composition.of(Optional.of(genesis()), declaration(V2 + ";rules:Long=3"));
    assertThat(later.rules()).isEqualTo(3);
    assertThat(refusal(later, "io.segue.generation;plan=v3;handler=x.H;rules:Long=2"))
        .contains("back to kernel rules 2 from 3");
  }

  @Test
  void onlyTheFirstGenerationIsFirst() throws GenerationException {
    assertThat(refusal(genesis(), "io.segue.generation;plan=genesis")).contains("there is one");
    GenerationException refused =
        catchThrowableOfType(
            GenerationException.class, () -> Composition.of(Optional.empty(), declaration(V2)));
    assertThat(refused.text()).contains("no generation before it");
  }

  private static Composition genesis() throws GenerationException {
    return Composition.of(
        Optional.empty(),
        declaration(
            "io.segue.generation;plan=genesis",
            "io.segue.generation.module;name=bank;bundle=x.bank;version=1",
            "io.segue.generation.module;name=gov;bundle=x.gov;version=1",
            "io.segue.generation.order;phase=ante;names=\"gov.fee,bank.fee\"",
            "io.segue.generation.order;phase=endBlock;names=\"gov,bank\"",
            "io.segue.generation.setting;name=prefix;value=cosmos"));
  }

  private static String refusal(Composition before, String... capabilities)
      throws GenerationException {
    GenerationDeclaration declaration = declaration(capabilities);
    GenerationException refused =
        catchThrowableOfType(
            GenerationException.class, () -> Composition.of(Optional.of(before), declaration));
    assertThat(refused.reason()).isEqualTo(HoldReason.COMPOSITION);
    return refused.text();
  }

  private static GenerationDeclaration declaration(String... capabilities)
      throws GenerationException {
    TestBundle bundle = TestBundle.of("x.gen", "1.0.0");
    for (String capability : capabilities) {
      bundle.provides(capability);
    }
    try {
      BundleFile file = BundleFile.kept("the jar", Content.of(bundle.jar()));
      return GenerationDeclaration.read(file.manifest());
    } catch (RefusedException e) {
      throw GenerationException.of(e);
    }
  }
}
