package io.segue.distribution.launcher;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.function.ObjLongConsumer;
import org.osgi.framework.BundleException;

/**
 * {@code segue export}: starts the platform of a stopped node without anything that makes blocks or
 * serves, and has the kernel write its state as a genesis. The log goes to standard error.
 */
final class Export {
  /** The word that the launcher knows it by. */
  static final String COMMAND = "export";

  /** The service's property, as the kernel sets it. */
  private static final String PROPERTY = "segue.export";

  private static final int BUFFER_BYTES = 1 << 16;

  private Export() {}

  static int run(String... args) {
    System.setProperty(ConsoleAppender.TO_STANDARD_ERROR, "");
    PlatformFramework platform;
    ExportArguments arguments;
    try {
      arguments = ExportArguments.parse(args);
      if (arguments.help()) {
        System.out.print(ExportArguments.USAGE);
        return Launcher.STOPPED;
      }
      platform = Launcher.prepare(Home.open(arguments.home()), Launcher.distribution(), true);
    } catch (StartException e) {
      System.err.println("segue: " + e.getMessage());
      return Launcher.REFUSED;
    }
    try {
      platform.start();
      write(platform, arguments);
      return Launcher.STOPPED;
    } catch (StartException | BundleException | IOException | RuntimeException e) {
      System.err.println("segue: nothing is exported: " + reason(e));
      return Launcher.FAILED;
    } finally {
      platform.stop();
    }
  }

  @SuppressWarnings("unchecked") // the kernel's service takes an output stream
  private static void write(PlatformFramework platform, ExportArguments arguments)
      throws StartException, IOException {
    ObjLongConsumer<OutputStream> export =
        platform
            .service(ObjLongConsumer.class, PROPERTY)
            .orElseThrow(
                () -> new StartException("the kernel does not run; the reason is logged above"));
    Optional<Path> document = arguments.document();
    if (document.isEmpty()) {
      write(export, arguments.height(), new FileOutputStream(FileDescriptor.out));
      return;
    }
    Path file = document.get().toAbsolutePath();
    Path incomplete = file.resolveSibling(file.getFileName() + ".incomplete");
    try {
      write(export, arguments.height(), Files.newOutputStream(incomplete));
      Files.move(incomplete, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(incomplete);
    }
  }

  private static void write(ObjLongConsumer<OutputStream> export, long height, OutputStream to)
      throws IOException {
    try (OutputStream out = new BufferedOutputStream(to, BUFFER_BYTES)) {
      export.accept(out, height);
      out.write('\n');
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static String reason(Exception e) {
    Throwable cause = e.getCause();
    return cause == null || e instanceof StartException
        ? String.valueOf(e.getMessage())
        : e.getMessage() + ": " + cause.getMessage();
  }
}
