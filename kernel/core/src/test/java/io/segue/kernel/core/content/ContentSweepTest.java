package io.segue.kernel.core.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.kernel.admission.artifact.Content;
import io.segue.kernel.admission.artifact.GenerationManifest;
import io.segue.kernel.core.hold.GenerationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentSweepTest {
  private static final long KEPT_MS = 1_000;

  @TempDir Path folder;
  private final long nowMs = System.currentTimeMillis() + 10 * KEPT_MS;
  private ContentStore store;
  private ContentSweep sweep;
  private String genesis = "";
  private String v2 = "";
  private String archive = "";

  @BeforeEach
  void twoGenerationsOfAChain() throws Exception {
    store = ContentStore.open(folder);
    sweep = new ContentSweep(store, () -> nowMs);
    genesis = generation(Optional.empty(), "bank 1");
    archive = put(bytes("the archive of v2"));
    v2 = generation(Optional.of(genesis), "bank 2");
  }

  @Test
  void keepsWhatAGenerationAndAllBeforeItConsistOf() throws Exception {
    Set<String> before = names();
    assertThat(sweep.sweep(List.of(v2), List.of(), KEPT_MS).files()).isZero();
    assertThat(names()).isEqualTo(before).contains(archive);
  }

  @Test
  void removesWhatBelongsToNothing() throws Exception {
    Set<String> before = names();
    String cancelled = generation(Optional.of(v2), "bank 3");
    String refused = put(bytes("refused"));

    ContentSweep.Removed removed = sweep.sweep(List.of(v2), List.of(), KEPT_MS);
    assertThat(names()).isEqualTo(before).doesNotContain(refused, cancelled + ".manifest");
    assertThat(removed.files()).isEqualTo(5);
    assertThat(removed.bytes()).isPositive();
  }

  @Test
  void keepsWhatIsNamedBesides() throws Exception {
    String pending = put(bytes("the artifact of a pending plan"));
    sweep.sweep(List.of(v2), List.of(pending), KEPT_MS);
    assertThat(names()).contains(pending);
  }

  @Test
  void keepsWhatCameAShortWhileAgoOrCameAgain() throws Exception {
    String fresh = put(bytes("fresh"));
    touch(fresh, nowMs - KEPT_MS + 1);
    sweep.sweep(List.of(v2), List.of(), KEPT_MS);
    assertThat(names()).contains(fresh);

    touch(fresh, 0);
    put(bytes("fresh"));
    assertThat(Files.getLastModifiedTime(folder.resolve(fresh)).toMillis()).isPositive();
  }

  @Test
  void leavesFilesAloneThatTheStoreDidNotName() throws Exception {
    Files.writeString(folder.resolve(archive + "-part"), "a sidecar's");
    Files.writeString(folder.resolve("README"), "an operator's");
    touch("README", 0);
    sweep.sweep(List.of(v2), List.of(), KEPT_MS);
    assertThat(names()).contains("README", archive + "-part");
  }

  @Test
  void removesNothingWhereItCannotTellWhatIsNeeded() throws Exception {
    String garbage = put(bytes("garbage"));
    store.removeManifest(genesis);
    assertThatThrownBy(() -> sweep.sweep(List.of(v2), List.of(), KEPT_MS))
        .isInstanceOf(GenerationException.class);
    assertThat(names()).contains(garbage);
  }

  private String put(byte[] bytes) throws IOException {
    Content content = Content.of(bytes);
    store.put(content);
    return content.sha256();
  }

  private String generation(Optional<String> before, String bundle) throws IOException {
    String sha256 = put(bytes(bundle));
    GenerationManifest manifest =
        GenerationManifest.of(List.of(new GenerationManifest.Line("x.bank", "1.0.0", sha256)));
    store.putManifest(manifest, before, before.isEmpty() ? manifest.digest() : archive);
    return manifest.digest();
  }

  private void touch(String name, long ms) throws IOException {
    Files.setLastModifiedTime(folder.resolve(name), FileTime.fromMillis(ms));
  }

  private Set<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }
}
