package io.segue.kernel.core.content;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.segue.kernel.admission.artifact.Content;
import io.segue.kernel.admission.artifact.GenerationManifest;
import io.segue.kernel.admission.artifact.GenerationManifest.Line;
import io.segue.kernel.admission.artifact.Sha256;
import io.segue.kernel.core.hold.GenerationException;
import io.segue.kernel.core.hold.HoldReason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentStoreTest {
  private static final byte[] BYTES = "some bytes".getBytes(UTF_8);
  private static final String DIGEST = Sha256.of(BYTES);

  @TempDir Path home;
  private Path folder;
  private ContentStore store;

  @BeforeEach
  void open() throws Exception {
    folder = home.resolve("data/artifacts");
    store = ContentStore.open(folder);
  }

  @Test
  void bytesAreKeptUnderTheirDigest() throws Exception {
    store.put(Content.of(BYTES));

    assertThat(store.contains(DIGEST)).isTrue();
    assertThat(store.get(DIGEST).bytes()).isEqualTo(BYTES);
    assertThat(folder.resolve(DIGEST)).hasBinaryContent(BYTES);
    assertThat(folder).isDirectoryNotContaining("glob:**incoming-*");
  }

  @Test
  void aFileIsCopiedSoThatChangingItAfterwardsDoesNothing() throws Exception {
    Path source = Files.write(home.resolve("upgrade.zip"), BYTES);

    assertThat(store.take(source, BYTES.length).sha256()).isEqualTo(DIGEST);
    Files.writeString(source, "other");
    Files.delete(source);

    assertThat(store.get(DIGEST).bytes()).isEqualTo(BYTES);
  }

  @Test
  void aFileLargerThanTheLimitIsRefusedAndLeavesNothing() throws Exception {
    Path source = Files.write(home.resolve("upgrade.zip"), BYTES);

    assertThatThrownBy(() -> store.take(source, BYTES.length - 1))
        .isInstanceOf(GenerationException.class)
        .hasMessageContaining(source.toString())
        .hasMessageContaining("larger than the limit of 9 bytes");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void whatIsMissingIsNamedWithWhatToDo() {
    GenerationException refused = refusal(() -> store.get(DIGEST));

    assertThat(refused.reason()).isEqualTo(HoldReason.MISSING);
    assertThat(refused.text()).contains(DIGEST).contains("upgrade:deploy");
  }

  @Test
  void damagedBytesAreNeverGivenOut() throws Exception {
    store.put(Content.of(BYTES));
    Files.writeString(folder.resolve(DIGEST), "some bites");

    GenerationException refused = refusal(() -> store.get(DIGEST));

    assertThat(refused.reason()).isEqualTo(HoldReason.WRONG_DIGEST);
    assertThat(refused.text()).contains(DIGEST).contains("delete it and deploy");
  }

  @Test
  void puttingBytesAgainMendsWhatWasDamaged() throws Exception {
    store.put(Content.of(BYTES));
    Files.writeString(folder.resolve(DIGEST), "some bites");

    store.put(Content.of(BYTES));

    assertThat(store.get(DIGEST).bytes()).isEqualTo(BYTES);
  }

  @Test
  void aLinkIsNotFollowed() throws Exception {
    Path elsewhere = Files.write(home.resolve("elsewhere"), BYTES);
    Files.createSymbolicLink(folder.resolve(DIGEST), elsewhere);

    assertThat(store.contains(DIGEST)).isFalse();
    assertThat(refusal(() -> store.get(DIGEST)).reason()).isEqualTo(HoldReason.MISSING);
  }

  @Test
  void onlyTheOwnerCanOpenIt() throws Exception {
    store.put(Content.of(BYTES));

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(DIGEST))))
        .isEqualTo("rw-------");
  }

  @Test
  void whatAKilledNodeLeftHalfWrittenGoesAtTheNextStart() throws Exception {
    store.put(Content.of(BYTES));
    Files.writeString(folder.resolve("incoming-123"), "half");

    store = ContentStore.open(folder);

    assertThat(folder.resolve("incoming-123")).doesNotExist();
    assertThat(store.get(DIGEST).bytes()).isEqualTo(BYTES);
  }

  @Test
  void manifestsAreKeptWithTheGenerationBefore() throws Exception {
    GenerationManifest first = GenerationManifest.of(List.of(new Line("x", "1.0.0", DIGEST)));
    GenerationManifest second = GenerationManifest.of(List.of(new Line("x", "2.0.0", DIGEST)));
    store.putManifest(first, Optional.empty(), "ab".repeat(32));
    store.putManifest(second, Optional.of(first.digest()), "cd".repeat(32));

    assertThat(store.manifest(second.digest()).text()).isEqualTo(second.text());
    assertThat(store.previous(second.digest())).contains(first.digest());
    assertThat(store.previous(first.digest())).isEmpty();
  }

  @Test
  void aRemovedManifestIsMissing() throws Exception {
    GenerationManifest manifest = GenerationManifest.of(List.of(new Line("x", "1.0.0", DIGEST)));
    store.putManifest(manifest, Optional.empty(), "ab".repeat(32));

    store.removeManifest(manifest.digest());

    assertThat(refusal(() -> store.manifest(manifest.digest())).reason())
        .isEqualTo(HoldReason.MISSING);
  }

  @Test
  void onlyDigestsNameFiles() {
    assertThatThrownBy(() -> store.get("../config/priv_validator_key.json"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is no digest");
  }

  private static GenerationException refusal(ThrowingCallable call) {
    return catchThrowableOfType(GenerationException.class, call);
  }
}
