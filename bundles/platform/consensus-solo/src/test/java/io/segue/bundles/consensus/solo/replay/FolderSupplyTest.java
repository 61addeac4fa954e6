package io.segue.bundles.consensus.solo.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.segue.bundles.consensus.solo.blockfile.BlockFileItem;
import io.segue.bundles.consensus.solo.replay.GenerationSupply.Answer;
import io.segue.bundles.consensus.solo.replay.GenerationSupply.Progress;
import io.segue.kernel.api.node.GenerationState;
import io.segue.kernel.api.node.Node;
import io.segue.kernel.api.node.Node.DeployException;
import io.segue.kernel.api.node.Node.DeployOptions;
import io.segue.kernel.api.node.Node.Deployed;
import io.segue.kernel.api.node.Node.GenerationStatus;
import io.segue.kernel.api.node.Node.UpgradeStatus;
import io.segue.kernel.api.node.UpgradeState;
import io.segue.kernel.api.upgrade.Plan;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderSupplyTest {
  private static final String DIGEST = "ab".repeat(32);
  private static final BlockFileItem.Generation WANTED =
      new BlockFileItem.Generation("v2", DIGEST, 40);

  @TempDir Path folder;
  private final List<String> calls = new ArrayList<>();
  private final List<GenerationStatus> generations = new ArrayList<>();

  /** What a file gives when it is deployed: a digest, or a refusal. */
  private final Map<String, Object> gives = new HashMap<>();

  private UpgradeState state = UpgradeState.NOT_READY;
  private String info = "";

  @Test
  void isReadyWhenTheGenerationStandsReady() {
    ready(DIGEST);
    assertThat(supply().bring(WANTED)).isEqualTo(Answer.READY);
    assertThat(calls).isEmpty();
  }

  @Test
  void waitsWhileTheNodePrepares() {
    state = UpgradeState.PREPARING;
    assertThat(supply().bring(WANTED)).isEqualTo(Answer.WORKING);
  }

  @Test
  void deploysOneArtifactAfterTheOtherUntilOneGivesTheGeneration() throws IOException {
    file("a.jar", "cd".repeat(32));
    file("b.jar", new DeployException("b is broken"));
    file("c.jar", DIGEST);
    assertThat(supply().bring(WANTED)).isEqualTo(Answer.READY);
    assertThat(calls).containsExactly("deploy a.jar", "cancel v2", "deploy b.jar", "deploy c.jar");
  }

  @Test
  void namesPlanDigestHeightFolderAndWhatIsWrongWithEachArtifact() throws IOException {
    file("a.jar", "cd".repeat(32));
    file("b.jar", new DeployException("b is broken"));
    FolderSupply supply = supply();
    Answer answer = supply.bring(WANTED);

    assertThat(answer.progress()).isEqualTo(Progress.MISSING);
    assertThat(answer.what())
        .startsWith("generation v2 " + DIGEST + ", which the chain ran from height 40 on")
        .contains("put the artifact of plan v2 into " + folder)
        .contains("a.jar gives generation " + "cd".repeat(32))
        .contains("b is broken");
    calls.clear();
    assertThat(supply.bring(WANTED)).isEqualTo(answer);
    assertThat(calls).as("what was tried is not tried again").isEmpty();
  }

  @Test
  void takesAnArtifactThatComesLater() throws IOException {
    FolderSupply supply = supply();
    assertThat(supply.bring(WANTED).progress()).isEqualTo(Progress.MISSING);
    file("v2.jar", DIGEST);
    assertThat(supply.bring(WANTED)).isEqualTo(Answer.READY);
  }

  @Test
  void hasTheNodeTryAgainWhenSomethingElseComes() throws IOException {
    FolderSupply supply = supply();
    supply.bring(WANTED);
    Files.writeString(folder.resolve("v2.json"), "what the plan's info leads to");
    assertThat(supply.bring(WANTED)).isEqualTo(Answer.WORKING);
    assertThat(calls).containsExactly("retry");
    assertThat(supply.bring(WANTED).progress()).isEqualTo(Progress.MISSING);
  }

  @Test
  void repeatsARepairThatTheChainsOperatorsDecided() throws IOException {
    String bound = "ef".repeat(32);
    info = "{\"binaries\":{\"any\":\"https://h/v2.zip?checksum=sha256:" + bound + "\"}}";
    file("fixed.jar", DIGEST);
    assertThat(supply().bring(WANTED)).isEqualTo(Answer.READY);
    assertThat(calls).containsExactly("deploy fixed.jar instead of " + bound);
  }

  private FolderSupply supply() {
    return new FolderSupply(node(), new BundleFolder(folder));
  }

  private void file(String name, Object given) throws IOException {
    Files.write(folder.resolve(name), BundleFolderTest.bundle("v2", name));
    gives.put(name, given);
  }

  private void ready(String digest) {
    generations.add(
        new GenerationStatus("v2", digest, GenerationState.READY, 0, 0, List.of(), List.of()));
  }

  /** A node of which only what the supply uses is there. */
  private Node node() {
    return (Node)
        Proxy.newProxyInstance(
            Node.class.getClassLoader(),
            new Class<?>[] {Node.class},
            (self, method, arguments) ->
                switch (method.getName()) {
                  case "upgrade" -> Optional.of(status());
                  case "generations" -> List.copyOf(generations);
                  case "deploy" -> deploy((Path) arguments[0], (DeployOptions) arguments[1]);
                  case "retry" -> calls.add("retry") ? null : null;
                  case "cancelPrepared" -> calls.add("cancel " + arguments[0]) ? null : null;
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private Deployed deploy(Path file, DeployOptions options) throws DeployException {
    String name = file.getFileName().toString();
    calls.add("deploy " + name + options.insteadOf().map(of -> " instead of " + of).orElse(""));
    Object given = gives.get(name);
    if (given instanceof DeployException refusal) {
      throw refusal;
    }
    ready((String) given);
    return new Deployed("v2", "", (String) given, List.of());
  }

  private UpgradeStatus status() {
    return new UpgradeStatus(
        new Plan("v2", 40, info),
        state,
        Optional.empty(),
        new UpgradeStatus.Progress(Map.of(), ""),
        new UpgradeStatus.Code(!info.isEmpty(), "", "", ""),
        new UpgradeStatus.Change(List.of(), "", "", -1));
  }
}
