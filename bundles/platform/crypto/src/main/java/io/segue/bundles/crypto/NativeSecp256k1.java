package io.segue.bundles.crypto;

import fr.acinq.secp256k1.Secp256k1CFunctions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;

/**
 * Loads libsecp256k1 into the class loader of this class, in a framework and on a plain class path
 * alike.
 *
 * <p>The library is copied to a file of its own that only the owner can read, loaded, and the file
 * deleted at once: several class loaders of one JVM each get a copy, and none is left behind when
 * the process is killed.
 */
final class NativeSecp256k1 {
  private static final String FOLDER = "/fr/acinq/secp256k1/jni/native/";

  private NativeSecp256k1() {}

  /**
   * Loads the library and makes a context that any number of threads may verify with.
   *
   * @return the context's handle
   * @throws UnsatisfiedLinkError where this platform has no library; names it
   */
  static long load() {
    String platform = platform();
    String resource = FOLDER + platform + "/libsecp256k1-jni.so";
    try (InputStream in = NativeSecp256k1.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new UnsatisfiedLinkError(
            "no libsecp256k1 for "
                + platform
                + " in this bundle: run on linux-x86_64 or linux-aarch64");
      }
      Path file = Files.createTempFile("segue-secp256k1-", ".so");
      try {
        Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
        System.load(file.toString());
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      UnsatisfiedLinkError error =
          new UnsatisfiedLinkError(
              "can't unpack libsecp256k1 to "
                  + System.getProperty("java.io.tmpdir")
                  + ": make that folder writable or set java.io.tmpdir");
      error.initCause(e);
      throw error;
    }
    return Secp256k1CFunctions.secp256k1_context_create(
        Secp256k1CFunctions.SECP256K1_CONTEXT_VERIFY);
  }

  private static String platform() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String machine = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    return system + "-" + (machine.equals("amd64") ? "x86_64" : machine);
  }
}
