package io.segue.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.segue.bundles.nodes.Distribution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What bundles of generations carry of others: all that they use, and little else. */
class BundleContentIT {
  private static final String SDK = "io.segue.bundles.sdk.";

  @TempDir Path folder;

  @Test
  void hasEveryClassOfTheSdkThatItsClassesUse() throws Exception {
    ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
    for (Path bundle : bundles()) {
      try (JarFile jar = new JarFile(bundle.toFile())) {
        JavaClasses classes = new ClassFileImporter().importJar(jar);
        Set<String> there = classes.stream().map(JavaClass::getName).collect(Collectors.toSet());
        Set<String> missing = new TreeSet<>();
        for (JavaClass one : classes) {
          one.getDirectDependenciesFromSelf().stream()
              .map(use -> use.getTargetClass().getBaseComponentType().getName())
              .filter(name -> name.startsWith(SDK) && !there.contains(name))
              .forEach(missing::add);
        }
        assertThat(missing).as(bundle.getFileName().toString()).isEmpty();
      }
    }
  }

  @Test
  void isSmall() throws Exception {
    assertThat(size("io.segue.bundles.gov-1")).isLessThan(1_400_000);
    assertThat(size("io.segue.bundles.bank-1")).isLessThan(750_000);
    assertThat(size("io.segue.bundles.upgrade-1")).isLessThan(300_000);
    assertThat(size("io.segue.upgrade.handlers.v2-1")).isLessThan(200_000);
  }

  private long size(String name) throws IOException {
    for (Path bundle : bundles()) {
      if (bundle.getFileName().toString().startsWith(name)) {
        return Files.size(bundle);
      }
    }
    throw new AssertionError("no bundle " + name);
  }

  private List<Path> bundles() throws IOException {
    List<Path> bundles = new ArrayList<>(Distribution.genesis());
    for (String plan : List.of("v2", "v3")) {
      Path archive = Distribution.upgrade(plan);
      try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(archive))) {
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
          Path bundle = folder.resolve(entry.getName());
          Files.write(bundle, zip.readAllBytes());
          bundles.add(bundle);
        }
      }
    }
    return bundles;
  }
}
