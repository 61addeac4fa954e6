package io.segue.kernel.core.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import io.segue.kernel.api.node.Node;
import io.segue.kernel.api.node.Node.DeployException;
import io.segue.kernel.api.node.Node.Deployed;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeployFolderTest {
  private final Path home;
  private final Path folder;
  private final List<String> deployed = new ArrayList<>();
  private Optional<String> refusal = Optional.empty();
  private boolean memoryIsLacking;
  private final Node node = node();
  private DeployFolder watched;

  DeployFolderTest(@TempDir Path home) {
    this.home = home;
    this.folder = home.resolve("deploy");
    this.watched = restarted();
    watched.doWork();
  }

  @Test
  void makesTheFolderForTheOwnerAlone() throws Exception {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
  }

  @Test
  void deploysAFileWhenItIsTheSameInTwoLooks() throws Exception {
    drop("v2.zip", "abc");

    watched.doWork();
    assertThat(deployed).isEmpty();
    watched.doWork();

    assertThat(deployed).containsExactly("v2.zip: abc");
    assertThat(folder.resolve("v2.zip")).exists();
    assertThat(folder.resolve("v2.zip.deployed"))
        .hasContent("plan v2, SHA-256 1111, generation 2222");
  }

  @Test
  void triesAFileAgainThatAFullDiskKeptFromBeingDeployed() throws Exception {
    refusal = Optional.of("v2.zip can't be kept: No space left on device");
    drop("v2.zip", "abc");
    watched.doWork();
    watched.doWork();
    assertThat(folder.resolve("v2.zip.refused")).content().contains("tries again by itself");
    refusal = Optional.empty();
    for (int i = 1; i < WatchedFolder.AGAIN_AFTER_LOOKS; i++) {
      watched.doWork();
    }
    assertThat(folder.resolve("v2.zip.deployed")).doesNotExist();
    watched.doWork();
    assertThat(folder.resolve("v2.zip.deployed")).exists();
    assertThat(folder.resolve("v2.zip.refused")).doesNotExist();
  }

  @Test
  void triesAFileAgainAfterARestartThatAFullDiskKeptFromBeingDeployed() throws Exception {
    refusal = Optional.of("v2.zip can't be kept: No space left on device");
    drop("v2.zip", "abc");
    watched.doWork();
    watched.doWork();
    refusal = Optional.empty();
    watched = restarted();
    watched.doWork();
    watched.doWork();
    assertThat(folder.resolve("v2.zip.deployed")).exists();
  }

  @Test
  void triesAFileAgainForWhichMemoryWasLacking() throws Exception {
    memoryIsLacking = true;
    drop("v2.zip", "abc");
    work();
    assertThat(deployed).isEmpty();
    memoryIsLacking = false;
    for (int i = 0; i < WatchedFolder.AGAIN_AFTER_LOOKS; i++) {
      watched.doWork();
    }
    assertThat(folder.resolve("v2.zip.deployed")).exists();
  }

  @Test
  void waitsForAFileThatGrows() throws Exception {
    drop("v2.zip", "a");
    watched.doWork();
    drop("v2.zip", "ab");
    watched.doWork();
    drop("v2.zip", "abc");
    watched.doWork();
    assertThat(deployed).isEmpty();

    watched.doWork();

    assertThat(deployed).containsExactly("v2.zip: abc");
  }

  @Test
  void deploysAFileThatIsRenamedIntoTheFolder() throws Exception {
    Path outside = Files.writeString(home.resolve("v2.zip.tmp"), "abc");
    Files.move(outside, folder.resolve("v2.zip"), StandardCopyOption.ATOMIC_MOVE);

    work();

    assertThat(deployed).containsExactly("v2.zip: abc");
  }

  @Test
  void doesNothingWhenADeployedFileChangesOrGoes() throws Exception {
    drop("v2.zip", "abc");
    work();

    drop("v2.zip", "changed");
    work();
    Files.delete(folder.resolve("v2.zip"));
    work();

    assertThat(deployed).containsExactly("v2.zip: abc");
  }

  @Test
  void deploysNothingAgainAfterARestart() throws Exception {
    drop("v2.zip", "abc");
    work();
    watched = restarted();
    work();
    drop("v2.zip", "changed");
    work();

    assertThat(deployed).containsExactly("v2.zip: abc");
  }

  @Test
  void writesTheReasonBesideARefusedFile() throws Exception {
    refusal = Optional.of("it has an activator; remove it");
    drop("v2.jar", "abc");
    work();

    assertThat(folder.resolve("v2.jar.refused"))
        .content()
        .contains("v2.jar is not deployed: it has an activator; remove it");
    assertThat(folder.resolve("v2.jar")).exists();
    assertThat(folder.resolve("v2.jar.deployed")).doesNotExist();
  }

  @Test
  void triesARefusedFileOnceUntilItChanges() throws Exception {
    refusal = Optional.of("no");
    drop("v2.jar", "abc");
    work();
    refusal = Optional.empty();
    work();
    assertThat(deployed).isEmpty();

    drop("v2.jar", "fixed");
    work();

    assertThat(deployed).containsExactly("v2.jar: fixed");
    assertThat(folder.resolve("v2.jar.refused")).doesNotExist();
  }

  @Test
  void remembersARefusalAfterARestart() throws Exception {
    refusal = Optional.of("no");
    drop("v2.jar", "abc");
    work();
    refusal = Optional.empty();
    watched = restarted();
    work();
    assertThat(deployed).isEmpty();

    drop("v2.jar", "fixed");
    Files.setLastModifiedTime(
        folder.resolve("v2.jar"), FileTime.fromMillis(System.currentTimeMillis() + 5000));
    watched = restarted();
    work();

    assertThat(deployed).containsExactly("v2.jar: fixed");
  }

  @Test
  void leavesEverythingElseAlone() throws Exception {
    drop("README.txt", "abc");
    drop(".hidden.zip", "abc");
    drop("v2.zip.part", "abc");
    Files.createDirectory(folder.resolve("folder.jar"));
    Files.createSymbolicLink(
        folder.resolve("link.zip"), Files.writeString(home.resolve("elsewhere.zip"), "abc"));

    work();

    assertThat(deployed).isEmpty();
  }

  @Test
  void deploysNothingWhileOthersMayWriteToTheFolder() throws Exception {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    drop("v2.zip", "abc");
    work();
    assertThat(deployed).isEmpty();

    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    work();

    assertThat(deployed).containsExactly("v2.zip: abc");
  }

  @Test
  void deploysSeveralFilesInOrderOfTheirNames() throws Exception {
    drop("v3.zip", "c");
    drop("v2.zip", "b");

    work();

    assertThat(deployed).containsExactly("v2.zip: b", "v3.zip: c");
  }

  private DeployFolder restarted() {
    return new DeployFolder(folder, () -> node);
  }

  /** As many looks as a complete file needs. */
  private void work() {
    watched.doWork();
    watched.doWork();
  }

  private void drop(String name, String content) throws IOException {
    Files.writeString(folder.resolve(name), content);
  }

  private Node node() {
    return (Node)
        Proxy.newProxyInstance(
            Node.class.getClassLoader(),
            new Class<?>[] {Node.class},
            (proxy, method, args) -> deploy((Path) args[0]));
  }

  private Deployed deploy(Path file) throws DeployException, IOException {
    if (memoryIsLacking) {
      throw new OutOfMemoryError("Java heap space");
    }
    if (refusal.isPresent()) {
      throw new DeployException(refusal.get());
    }
    deployed.add(file.getFileName() + ": " + Files.readString(file));
    return new Deployed("v2", "1111", "2222", List.of());
  }
}
