package io.segue.kernel.core.assembly;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.segue.kernel.admission.artifact.ArtifactSource;
import io.segue.kernel.admission.artifact.Sha256;
import io.segue.kernel.admission.artifact.TestBundle;
import io.segue.kernel.admission.artifact.TestSources;
import io.segue.kernel.api.module.Phase;
import io.segue.kernel.api.node.CheckReport;
import io.segue.kernel.core.content.ContentStore;
import io.segue.kernel.core.generation.Generation;
import io.segue.kernel.core.generation.MemorySpace;
import io.segue.kernel.core.generation.NoCrypto;
import io.segue.kernel.core.hold.GenerationException;
import io.segue.kernel.core.hold.HoldReason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerationAssemblerTest {
  @TempDir Path folder;
  private final MemorySpace space = new MemorySpace();
  private ContentStore store;
  private GenerationAssembler assembler;
  private Generation genesis;

  @BeforeEach
  void assembleTheFirst() throws Exception {
    store = ContentStore.open(folder);
    assembler = new GenerationAssembler(space, store, new NoCrypto());
    genesis =
        assembler.assemble(
            Optional.empty(),
            ArtifactSource.archive(
                TestBundle.archive(
                    TestBundle.generation("genesis")
                        .takes("auth", "1.0.0")
                        .takes("bank", "1.0.0")
                        .provides(
                            "io.segue.generation.order;effective:=generation;phase=endBlock;names=\"bank,auth\"")
                        .provides(
                            "io.segue.generation.setting;effective:=generation;name=prefix;value=cosmos"),
                    TestBundle.module("auth", "1.0.0"),
                    TestBundle.module("bank", "1.0.0"))));
  }

  @Test
  void theDigestIsThatOfTheSortedListOfBundles() throws Exception {
    StringBuilder text = new StringBuilder();
    for (String module : List.of("auth", "bank")) {
      String sha256 = Sha256.of(TestBundle.module(module, "1.0.0").jar());
      text.append("x." + module + " 1.0.0 " + sha256 + "\n");
    }
    assertThat(genesis.manifest().text()).startsWith(text);
    assertThat(genesis.digest()).isEqualTo(Sha256.of(genesis.manifest().text().getBytes(UTF_8)));
  }

  @Test
  void ordersSettingsAndModulesCarryOver() throws Exception {
    Generation v2 =
        upgrade(
            TestBundle.generation("v2").takes("gov", "1.0.0"), TestBundle.module("gov", "1.0.0"));

    assertThat(v2.modules().order(Phase.END_BLOCK)).containsExactly("bank", "auth", "gov");
    assertThat(v2.settings()).containsEntry("prefix", "cosmos");
    assertThat(v2.carriedOver()).containsExactly("x.auth", "x.bank");
    assertThat(v2.previous()).contains(genesis.digest());
    assertThat(v2.bundles()).extracting("state").containsOnly("ACTIVE");
  }

  @Test
  void aGenerationMayBeItsHandlerAndNothingElse() throws Exception {
    Generation v2 = upgrade(TestBundle.generation("v2"));

    assertThat(v2.modules().versions()).isEqualTo(genesis.modules().versions());
    assertThat(v2.digest()).isNotEqualTo(genesis.digest());
    assertThat(v2.newHandler()).isNotSameAs(v2.newHandler());
  }

  @Test
  void whatAChainLosesIsNamedAndShown() throws Exception {
    TestBundle declared =
        TestBundle.generation("v2")
            .takes("bank", "2.0.0")
            .provides("io.segue.generation.drops;effective:=generation;kind=store;names=bank");
    TestBundle stateless =
        TestBundle.of("x.bank", "2.0.0")
            .provides("io.segue.module;effective:=generation;name=bank;factory=x.bank.Factory")
            .source(
                "x.bank.Factory",
                TestSources.factory(
                    "x.bank",
                    "bank",
                    "return 1;",
                    "public java.util.List<String> stores() { return java.util.List.of(); }"));

    CheckReport report =
        assembler.check(
            Optional.of(genesis),
            ArtifactSource.archive(TestBundle.archive(declared, stateless)),
            plan -> false);

    assertThat(report.admitted()).as("%s", report.findings()).isTrue();
    assertThat(report.generation().orElseThrow().losses())
        .containsExactly(new CheckReport.Loss("store", "bank", "bank"));
    assertThat(upgrade(declared, stateless).modules().stores()).doesNotContain("bank");
  }

  @Test
  void whatAModuleThatIsRemovedHadNeedsNoOtherName() throws Exception {
    Generation v2 =
        upgrade(
            TestBundle.generation("v2")
                .provides("io.segue.generation.removed;effective:=generation;name=bank"));

    assertThat(v2.modules().stores()).doesNotContain("bank");
  }

  @Test
  void aModuleThatIsDeclaredAndNowhereIsRefused() {
    assertThat(refusal(HoldReason.COMPOSITION, TestBundle.generation("v2").takes("bank", "2.0.0")))
        .contains("x.bank 2.0.0 for module bank")
        .contains("neither in the artifact nor in the generation before");
  }

  @Test
  void aBundleThatNobodyNamesIsRefused() {
    assertThat(
            refusal(
                HoldReason.COMPOSITION,
                TestBundle.generation("v2"),
                TestBundle.module("gov", "1.0.0")))
        .contains("x.gov 1.0.0, which the generation does not name");
  }

  @Test
  void otherBytesUnderAVersionThatRunsAreRefused() {
    assertThat(
            refusal(
                HoldReason.COMPOSITION,
                TestBundle.generation("v2").takes("bank", "1.0.0"),
                TestBundle.module("bank", "1.0.0", "return 9;")))
        .contains("x.bank 1.0.0 has other bytes")
        .contains("raise its Bundle-Version");
  }

  @Test
  void theSameBytesUnderAVersionThatRunsAreCarriedOver() throws Exception {
    Generation v2 =
        upgrade(
            TestBundle.generation("v2").takes("bank", "1.0.0"), TestBundle.module("bank", "1.0.0"));

    assertThat(v2.carriedOver()).contains("x.bank");
  }

  @Test
  void aBundleWithoutTheModuleItIsTakenForIsRefused() {
    assertThat(
            refusal(
                HoldReason.COMPOSITION,
                TestBundle.generation("v2")
                    .provides(
                        "io.segue.generation.module;effective:=generation;name=mint;bundle=x.bank;version=1"),
                TestBundle.module("gov", "1.0.0")))
        .contains("takes module mint from bundle x.bank 1.0.0, which has the modules [bank]");
  }

  @Test
  void aPhaseThatDoesNotExistIsRefused() {
    assertThat(
            refusal(
                HoldReason.COMPOSITION,
                TestBundle.generation("v2")
                    .provides(
                        "io.segue.generation.order;effective:=generation;phase=midBlock;names=\"bank\"")))
        .contains("phase 'midBlock'")
        .contains("ante, beginBlock, endBlock, genesis, migrations");
  }

  @Test
  void aModuleThatCallsItselfOtherwiseIsRefused() {
    assertThat(
            refusal(
                HoldReason.MODULES,
                TestBundle.generation("v2").takes("gov", "1.0.0"),
                TestBundle.module("gov", "1.0.0")
                    .source("x.gov.Factory", TestSources.factory("x.gov", "vog", "return 1;", ""))))
        .contains("calls itself vog");
  }

  @Test
  void aTableThatIsNullIsRefused() {
    assertThat(
            refusal(
                HoldReason.MODULES,
                TestBundle.generation("v2").takes("gov", "1.0.0"),
                TestBundle.module("gov", "1.0.0")
                    .source(
                        "x.gov.Factory",
                        TestSources.factory(
                            "x.gov",
                            "gov",
                            "return 1;",
                            "public byte[] descriptors() { return null; }"))))
        .contains("descriptors() of module gov returned null");
  }

  @Test
  void twoModulesThatClaimOneStoreAreRefused() {
    assertThat(
            refusal(
                HoldReason.MODULES,
                TestBundle.generation("v2").takes("gov", "1.0.0"),
                TestBundle.module("gov", "1.0.0")
                    .source(
                        "x.gov.Factory",
                        TestSources.factory(
                            "x.gov",
                            "gov",
                            "return 1;",
                            "public java.util.List<String> stores() {"
                                + " return java.util.List.of(\"bank\"); }"))))
        .contains("store bank has two owners");
  }

  @Test
  void aFactoryThatIsNoneIsRefused() {
    assertThat(
            refusal(
                HoldReason.FACTORY,
                TestBundle.generation("v2").takes("gov", "1.0.0"),
                TestBundle.module("gov", "1.0.0")
                    .source("x.gov.Factory", "package x.gov; public class Factory {}")))
        .contains("x.gov.Factory, is refused: it is no ModuleFactory");
    assertThat(
            refusal(
                HoldReason.FACTORY,
                TestBundle.generation("v2").takes("gov", "1.0.0"),
                TestBundle.of("x.gov", "1.0.0")
                    .provides("io.segue.module;effective:=generation;name=gov;factory=x.gov.Lost")))
        .contains("java.lang.ClassNotFoundException: x.gov.Lost");
  }

  @Test
  void aBundleThatIsCarriedOverByteForByteIsNotJudgedAgain() throws Exception {
    TestBundle careless =
        TestBundle.module("bank", "1.0.0", "return System.nanoTime() > 0 ? 1 : 2;");
    Generation first =
        assembler.assemble(
            Optional.empty(),
            ArtifactSource.archive(
                TestBundle.archive(
                    TestBundle.generation("genesis").takes("auth", "1.0.0").takes("bank", "1.0.0"),
                    TestBundle.module("auth", "1.0.0"),
                    careless)));
    ArtifactSource v2 =
        ArtifactSource.archive(
            TestBundle.archive(TestBundle.generation("v2").takes("bank", "1.0.0"), careless));

    assertThat(assembler.check(Optional.of(first), v2, plan -> false).findings()).isEmpty();
    assertThat(assembler.assemble(Optional.of(first), v2).carriedOver()).contains("x.bank");
  }

  @Test
  void whatCannotBeKeptIsNotStagedEither() throws Exception {
    Generation v2 = upgrade(TestBundle.generation("v2"));
    assembler.dispose(v2);
    store.removeManifest(v2.digest());
    Files.createDirectories(folder.resolve(v2.digest() + ".manifest/in-the-way"));

    assertThat(refusal(HoldReason.STORAGE, TestBundle.generation("v2")))
        .contains("generation v2 can't be kept in " + folder);
  }

  @Test
  void aChainOfGenerationsIsRestoredFromDigestsAlone() throws Exception {
    Generation v2 =
        upgrade(
            TestBundle.generation("v2").takes("gov", "1.0.0"), TestBundle.module("gov", "1.0.0"));
    Generation v3 =
        assembler.assemble(
            Optional.of(v2),
            ArtifactSource.archive(
                TestBundle.archive(
                    TestBundle.generation("v3")
                        .provides("io.segue.generation.removed;effective:=generation;name=bank"))));

    GenerationAssembler later = new GenerationAssembler(new MemorySpace(), store, new NoCrypto());
    Generation restored = later.restore(v3.digest());

    assertThat(restored.digest()).isEqualTo(v3.digest());
    assertThat(restored.modules().versions()).containsOnlyKeys("auth", "gov");
    assertThat(restored.modules().order(Phase.END_BLOCK)).containsExactly("auth", "gov");
    assertThat(restored.carriedOver()).isEqualTo(v3.carriedOver());
  }

  @Test
  void aGenerationOfWhichABundleIsLostOrDamagedIsNotRestored() throws Exception {
    String bank = genesis.manifest().find("x.bank", "1.0.0").orElseThrow().sha256();
    Files.writeString(folder.resolve(bank), "damaged");
    assertThat(restoreRefusal(genesis.digest())).isEqualTo(HoldReason.WRONG_DIGEST);
    Files.delete(folder.resolve(bank));
    assertThat(restoreRefusal(genesis.digest())).isEqualTo(HoldReason.MISSING);
    assertThat(restoreRefusal("0".repeat(64))).isEqualTo(HoldReason.MISSING);
  }

  @Test
  void aGenerationThatComesBeforeItselfIsNotRestored() throws Exception {
    Files.writeString(folder.resolve(genesis.digest() + ".previous"), genesis.digest());
    assertThat(restoreRefusal(genesis.digest())).isEqualTo(HoldReason.WRONG_DIGEST);
  }

  @Test
  void aGenerationWithAnotherOneBeforeItThanItWasMadeForIsNotRestored() throws Exception {
    Generation v2 =
        upgrade(
            TestBundle.generation("v2").takes("gov", "1.0.0"), TestBundle.module("gov", "1.0.0"));
    Generation v3 =
        assembler.assemble(
            Optional.of(v2),
            ArtifactSource.archive(TestBundle.archive(TestBundle.generation("v3"))));
    Files.writeString(folder.resolve(v3.digest() + ".previous"), genesis.digest());

    assertThat(restoreRefusal(v3.digest())).isEqualTo(HoldReason.COMPOSITION);
  }

  @Test
  void disposingRemovesWhatNoOtherGenerationHolds() throws Exception {
    Generation v2 = upgrade(TestBundle.generation("v2"));

    assembler.dispose(genesis);
    assertThat(space.installed).hasSize(3);

    assembler.dispose(v2);
    assertThat(space.installed).isEmpty();
    assertThatCode(() -> assembler.restore(v2.digest())).doesNotThrowAnyException();
  }

  private Generation upgrade(TestBundle... bundles) throws GenerationException {
    return assembler.assemble(
        Optional.of(genesis), ArtifactSource.archive(TestBundle.archive(bundles)));
  }

  private String refusal(HoldReason reason, TestBundle... bundles) {
    List<String> before = List.copyOf(space.installed);
    GenerationException refused =
        catchThrowableOfType(GenerationException.class, () -> upgrade(bundles));
    assertThat(refused).as("refused").isNotNull();
    assertThat(refused.reason()).isEqualTo(reason);
    assertThat(space.installed).isEqualTo(before);
    return refused.text();
  }

  private HoldReason restoreRefusal(String digest) {
    GenerationException refused =
        catchThrowableOfType(GenerationException.class, () -> assembler.restore(digest));
    assertThat(refused).as("refused").isNotNull();
    return refused.reason();
  }
}
