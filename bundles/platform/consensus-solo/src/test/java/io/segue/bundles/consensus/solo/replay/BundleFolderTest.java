package io.segue.bundles.consensus.solo.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.kernel.api.upgrade.Plan;
import io.segue.kernel.api.upgrade.Sidecar.Task;
import io.segue.kernel.api.upgrade.SidecarException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleFolderTest {
  private static final String OF_ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @TempDir Path folder;
  @TempDir Path contents;

  @Test
  void findsABundleAndAnArchiveByThePlanTheyDeclare() throws Exception {
    Path jar = Files.write(folder.resolve("one.jar"), bundle("v2"));
    Path zip = Files.write(folder.resolve("ab".repeat(32)), archive(bundle("v3"), bundle("")));
    Files.writeString(folder.resolve("note.txt"), "plan=v2");
    BundleFolder bundles = new BundleFolder(folder);

    assertThat(bundles.ofPlan("v2")).containsExactly(jar);
    assertThat(bundles.ofPlan("v3")).containsExactly(zip);
    assertThat(bundles.ofPlan("v4")).isEmpty();
  }

  @Test
  void seesFilesThatComeChangeAndGo() throws Exception {
    BundleFolder bundles = new BundleFolder(folder);
    assertThat(bundles.withDigest(OF_ABC)).isEmpty();
    Path file = Files.writeString(folder.resolve("x"), "abc");
    assertThat(bundles.withDigest(OF_ABC)).contains(file);
    Files.writeString(file, "abcd");
    assertThat(bundles.withDigest(OF_ABC)).isEmpty();
    Files.delete(file);
    assertThat(bundles.ofPlan("v2")).isEmpty();
  }

  @Test
  void standsInForTheSidecarThatFetches() throws Exception {
    FolderSidecar sidecar = new FolderSidecar(new BundleFolder(folder));
    Task task = new Task(new Plan("v2", 7, ""), "https://gone", OF_ABC, Map.of(), contents);
    assertThatThrownBy(() -> sidecar.run(task, (done, total) -> {}))
        .isInstanceOf(SidecarException.class)
        .hasMessageContaining("sha256:" + OF_ABC + " of plan v2");

    Files.writeString(folder.resolve("any name"), "abc");
    assertThat(sidecar.run(task, (done, total) -> {}))
        .isEqualTo(contents.resolve(OF_ABC))
        .content(StandardCharsets.UTF_8)
        .isEqualTo("abc");
    assertThat(contents.toFile().list()).containsExactly(OF_ABC);
  }

  private static byte[] bundle(String plan) throws IOException {
    return bundle(plan, "x.y");
  }

  /** A bundle that declares the generation of a plan. */
  static byte[] bundle(String plan, String name) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
    manifest.getMainAttributes().putValue("Bundle-SymbolicName", name);
    manifest
        .getMainAttributes()
        .putValue(
            "Provide-Capability",
            plan.isEmpty()
                ? "io.segue.module;effective:=generation;name=plan;factory=\"x\""
                : "io.segue.generation;effective:=generation;plan="
                    + plan
                    + ";handler=\"x.Handler\",io.segue.generation.module;name=bank");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new JarOutputStream(bytes, manifest).close();
    return bytes.toByteArray();
  }

  private static byte[] archive(byte[]... jars) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (int i = 0; i < jars.length; i++) {
        zip.putNextEntry(new ZipEntry("bundles/" + i + ".jar"));
        zip.write(jars[i]);
      }
    }
    return bytes.toByteArray();
  }
}
