package io.segue.itests;

import static org.assertj.core.api.Assertions.assertThat;

import aQute.bnd.osgi.Builder;
import aQute.bnd.osgi.Jar;
import io.segue.bundles.nodes.Distribution;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sidecar that the README shows, built as it says and put into a running node. */
class SidecarIT {
  private static final String PACKAGE = "org.example.usb";

  private static final String IMPORTS =
      """
      package org.example.usb;

      import io.segue.kernel.api.upgrade.Sidecar;
      import io.segue.kernel.api.upgrade.SidecarException;
      import java.nio.file.Files;
      import java.nio.file.Path;
      import org.osgi.service.component.annotations.Component;

      """;

  @TempDir Path folder;

  @Test
  void theExampleOfTheReadmeBringsAnUpgradeInTheRunningNode() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    Files.copy(Distribution.upgrade("v2"), disk.resolve("v2.zip"));
    Path jar = bundle(example().replace("/media/upgrades", disk.toString()));
    try (TestedNode node = TestedNode.init(folder.resolve("home"))) {
      node.start().awaitHeight(1);
      long pid = node.pid();
      node.set("io.segue.upgrade", "sidecars", "fetch,usb");
      Path sidecars = Files.createDirectories(node.home().resolve("sidecars"));
      Files.copy(jar, sidecars.resolve("usb.jar"));
      node.until("the sidecar", () -> Files.exists(sidecars.resolve("usb.jar.deployed")));

      String binaries = UpgradePlans.info("https://example.org/v2.zip", Distribution.upgrade("v2"));
      String info = "{\"sidecar\":{\"name\":\"usb\"}," + binaries.substring(1);
      node.awaitHeight(UpgradePlans.pass(node, "v2", 60, info) + 1);

      assertThat(node.shell("node:status").path("generation").asText()).isEqualTo("v2");
      assertThat(node.shell("node:status").path("pid").asLong()).isEqualTo(pid);
    }
  }

  /** The class that the README shows. */
  private static String example() throws IOException {
    String readme = Files.readString(Distribution.folder().resolve("../../../README.md"));
    int begin = readme.indexOf("@Component\npublic final class UsbSidecar");
    return IMPORTS + readme.substring(begin, readme.indexOf("```", begin));
  }

  private Path bundle(String source) throws Exception {
    Path file = folder.resolve("UsbSidecar.java");
    Files.writeString(file, source);
    Path classes = Files.createDirectory(folder.resolve("classes"));
    String classPath = System.getProperty("java.class.path");
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-d", "" + classes, "-cp", classPath, "" + file);
    assertThat(status).as("the README's example compiles").isZero();
    List<File> path = new ArrayList<>(List.of(classes.toFile()));
    for (String entry : classPath.split(File.pathSeparator)) {
      path.add(new File(entry));
    }
    try (Builder bnd = new Builder()) {
      bnd.setClasspath(path.toArray(File[]::new));
      bnd.setProperty("Bundle-SymbolicName", PACKAGE);
      bnd.setProperty("Bundle-Version", "1.0.0");
      bnd.setProperty("Private-Package", PACKAGE);
      Jar built = bnd.build();
      assertThat(bnd.getErrors()).isEmpty();
      Path jar = folder.resolve("usb.jar");
      built.write(jar.toFile());
      return jar;
    }
  }
}
