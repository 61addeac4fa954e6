/** Cryptography that the JDK lacks: ECDSA over secp256k1 by the native library, and RIPEMD-160. */
@NullMarked
package io.segue.bundles.crypto;

import org.jspecify.annotations.NullMarked;
