package io.segue.bundles.sidecar.build;

import io.segue.kernel.api.upgrade.SidecarException;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** The program that a {@link CompilerProcess} is. It ends with the node that started it. */
final class CompilerMain {
  /** Deep expressions need a deep stack; what is deeper still is refused. */
  private static final long STACK_BYTES = 64L << 20;

  private static final int REFUSED = 4;
  private static final int ORPHANED = 5;

  private CompilerMain() {}

  /** See {@code CompilerProcess.command} for the arguments. */
  public static void main(String[] args) throws InterruptedException {
    Thread parent = new Thread(CompilerMain::endWithParent, "parent");
    parent.setDaemon(true);
    parent.start();
    Thread build = new Thread(null, () -> run(args), "build", STACK_BYTES);
    build.start();
    build.join();
  }

  private static void run(String[] args) {
    Path folder = Path.of(args[0]);
    String what = args[1];
    try {
      System.exit(build(folder, what, args));
    } catch (SidecarException e) {
      refuse(folder, String.valueOf(e.getMessage()));
    } catch (OutOfMemoryError e) {
      throw e;
    } catch (IOException | RuntimeException | Error e) { // such as a stack that is too deep
      System.out.println(e);
      refuse(
          folder,
          String.valueOf(
              BuildRules.refused(
                      what,
                      "the compiler gave up: " + e,
                      "read " + args[5] + "; fix the repository and schedule the new commit")
                  .getMessage()));
    }
  }

  private static int build(Path folder, String what, String[] args)
      throws SidecarException, IOException {
    List<Path> classPath =
        args[2].isEmpty()
            ? List.of()
            : Arrays.stream(args[2].split(File.pathSeparator)).map(Path::of).toList();
    BuildDeadline deadline = new BuildDeadline(what, Integer.parseInt(args[4]));
    try (BuildLog log = new BuildLog(Path.of(args[5]), Integer.parseInt(args[6]), System.out)) {
      byte[] artifact =
          new SourceBuild(Toolchain.of(classPath), Long.parseLong(args[3]), deadline, log)
              .run(what, new SourceTree(sources(folder.resolve(CompilerProcess.SOURCES))));
      Files.write(folder.resolve(CompilerProcess.ARTIFACT), artifact);
    }
    return 0;
  }

  private static SortedMap<String, byte[]> sources(Path file) throws IOException {
    SortedMap<String, byte[]> files = new TreeMap<>();
    try (ZipInputStream zip =
        new ZipInputStream(new ByteArrayInputStream(Files.readAllBytes(file)))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), zip.readAllBytes());
      }
    }
    return files;
  }

  private static void refuse(Path folder, String why) {
    try {
      Files.writeString(folder.resolve(CompilerProcess.REFUSED), why);
    } catch (IOException e) {
      System.out.println(why);
    }
    System.exit(REFUSED);
  }

  /** The node holds the other end of the standard input, and lets it go when it ends. */
  private static void endWithParent() {
    try {
      while (System.in.read() >= 0) {
        // Nothing is ever said.
      }
    } catch (IOException e) {
      System.out.println("the node is gone: " + e);
    }
    Runtime.getRuntime().halt(ORPHANED);
  }
}
