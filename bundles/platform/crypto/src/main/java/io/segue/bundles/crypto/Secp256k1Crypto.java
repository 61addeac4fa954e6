package io.segue.bundles.crypto;

import fr.acinq.secp256k1.Secp256k1CFunctions;
import fr.acinq.secp256k1.Secp256k1Exception;
import io.segue.kernel.api.module.Crypto;
import org.osgi.service.component.annotations.Component;

/**
 * The kernel's cryptography by libsecp256k1. A service in the framework; elsewhere a plain class.
 *
 * <p>Thread safety: any number of threads; the native context is only read.
 */
@Component
public final class Secp256k1Crypto implements Crypto {
  private static final int DIGEST_LENGTH = 32;
  private static final int SIGNATURE_LENGTH = 64;
  private static final int PUBLIC_KEY_LENGTH = 33;

  /** Loaded at the first use, once for each class loader: a native library is never unloaded. */
  private static final class Context {
    static final long HANDLE = NativeSecp256k1.load();
  }

  /**
   * Loads the native library.
   *
   * @throws UnsatisfiedLinkError where this platform has none
   */
  public Secp256k1Crypto() {
    if (Context.HANDLE == 0) {
      throw new UnsatisfiedLinkError("libsecp256k1 gave no context");
    }
  }

  /** The library itself refuses a high s; other lengths would be taken for other encodings. */
  @Override
  public boolean verifySecp256k1(byte[] digest, byte[] signature, byte[] publicKey) {
    if (digest.length != DIGEST_LENGTH
        || signature.length != SIGNATURE_LENGTH
        || publicKey.length != PUBLIC_KEY_LENGTH) {
      return false;
    }
    try {
      return Secp256k1CFunctions.secp256k1_ecdsa_verify(
              Context.HANDLE, signature, digest, publicKey)
          == 1;
    } catch (Secp256k1Exception malformed) {
      return false;
    }
  }

  @Override
  public byte[] ripemd160(byte[] data) {
    return Ripemd160.hash(data);
  }
}
