package io.segue.bundles.sidecar.build;

import aQute.bnd.osgi.Builder;
import aQute.bnd.osgi.EmbeddedResource;
import aQute.bnd.osgi.Jar;
import aQute.bnd.osgi.Resource;
import io.segue.bundles.bnd.ConditionalClasses;
import io.segue.kernel.api.node.FailureText;
import io.segue.kernel.api.upgrade.SidecarException;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Makes a bundle of classes and resources: bnd works out what is imported and which classes of the
 * class path are carried along; the file itself is written by {@link StableZip}.
 */
final class BundleBuilder {
  private static final String MANIFEST = "META-INF/MANIFEST.MF";

  private final Toolchain toolchain;
  private final BuildLog log;

  BundleBuilder(Toolchain toolchain, BuildLog log) {
    this.toolchain = toolchain;
    this.log = log;
  }

  /**
   * Makes a bundle.
   *
   * @param folder as messages name it
   * @param content classes and resources, by path
   */
  byte[] build(String folder, BndFile bnd, SortedMap<String, byte[]> content)
      throws SidecarException {
    try (Builder builder = new Builder();
        Jar classes = new Jar(bnd.symbolicName())) {
      builder.getReplacer().setNosystem(true);
      builder.setProperties(bnd.instructions());
      builder.addBasicPlugin(new ConditionalClasses());
      for (File entry : toolchain.classPath()) {
        builder.addClasspath(entry);
      }
      for (var file : content.entrySet()) {
        classes.putResource(file.getKey(), new EmbeddedResource(file.getValue(), 0L));
      }
      builder.setJar(classes);
      Jar bundle = builder.build();
      builder.getWarnings().forEach(warning -> log.say(folder + ": " + warning));
      builder.getErrors().forEach(error -> log.say(folder + ": " + error));
      if (!builder.getErrors().isEmpty()) {
        throw refused(folder, builder.getErrors().get(0));
      }
      return StableZip.of(files(bundle));
    } catch (SidecarException e) {
      throw e;
    } catch (Exception e) {
      log.say(folder + ": " + FailureText.of(e));
      throw refused(folder, FailureText.of(e));
    }
  }

  private static SortedMap<String, byte[]> files(Jar bundle) throws Exception {
    SortedMap<String, byte[]> files = new TreeMap<>();
    for (var entry : bundle.getResources().entrySet()) {
      Resource resource = entry.getValue();
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      resource.write(bytes);
      files.put(entry.getKey(), bytes.toByteArray());
    }
    ByteArrayOutputStream manifest = new ByteArrayOutputStream();
    Jar.outputManifest(bundle.getManifest(), manifest);
    files.put(MANIFEST, manifest.toByteArray());
    return files;
  }

  private SidecarException refused(String folder, String why) {
    return BuildRules.refused(
        "folder " + folder,
        "bnd says: " + why,
        "read " + log.file() + "; fix the repository and have governance schedule the new commit");
  }
}
