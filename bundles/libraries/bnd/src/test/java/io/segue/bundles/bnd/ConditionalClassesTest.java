package io.segue.bundles.bnd;

import static org.assertj.core.api.Assertions.assertThat;

import aQute.bnd.osgi.Builder;
import aQute.bnd.osgi.EmbeddedResource;
import aQute.bnd.osgi.Jar;
import java.io.File;
import java.nio.file.Files;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ConditionalClassesTest {
  private static final String HERE = "io/segue/bundles/bnd/";
  private static final String MODULE = HERE + "module/LibraryUser.class";

  @Test
  void copiesWhatABundleUsesDirectlyAndThroughOthers() throws Exception {
    assertThat(build("io.segue.bundles.bnd.library.*"))
        .containsExactly(
            HERE + "library/Direct$Nested.class",
            HERE + "library/Direct.class",
            HERE + "library/InSignature.class",
            HERE + "library/InText.class",
            HERE + "library/Indirect.class",
            MODULE);
  }

  @Test
  void copiesNothingWithoutAnInstruction() throws Exception {
    assertThat(build("")).containsExactly(MODULE);
  }

  @Test
  void copiesNothingOfOtherPackages() throws Exception {
    assertThat(build("io.segue.bundles.bnd.other.*")).containsExactly(MODULE);
  }

  @Test
  void importsNoPackageOfWhichItHasClasses() throws Exception {
    try (Builder builder = new Builder();
        Jar bundle = bundle(builder, "io.segue.bundles.bnd.library.*")) {
      assertThat(bundle.getManifest().getMainAttributes().getValue("Import-Package")).isNull();
    }
  }

  private static Set<String> build(String packages) throws Exception {
    try (Builder builder = new Builder();
        Jar bundle = bundle(builder, packages)) {
      return new TreeSet<>(bundle.getResources().keySet());
    }
  }

  private static Jar bundle(Builder builder, String packages) throws Exception {
    File classes = new File("target/test-classes");
    Jar content = new Jar("module");
    content.putResource(
        MODULE, new EmbeddedResource(Files.readAllBytes(classes.toPath().resolve(MODULE)), 0));
    builder.setProperty("Bundle-SymbolicName", "module");
    builder.setProperty("Import-Package", "io.segue.*");
    builder.setProperty("-noimportjava", "true");
    if (!packages.isEmpty()) {
      builder.setProperty(ConditionalClasses.INSTRUCTION, packages);
    }
    builder.addBasicPlugin(new ConditionalClasses());
    builder.addClasspath(classes);
    builder.setJar(content);
    Jar bundle = builder.build();
    assertThat(builder.getErrors()).isEmpty();
    return bundle;
  }
}
