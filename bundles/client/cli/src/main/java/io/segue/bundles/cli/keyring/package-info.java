/**
 * Keys of accounts, as the {@code keyring} of the Cosmos SDK: {@code Key}; {@code Keyring}, which
 * keeps them in files; {@code KeyArmor} and {@code AsciiArmor}, the form in which they are
 * exported.
 */
@NullMarked
package io.segue.bundles.cli.keyring;

import org.jspecify.annotations.NullMarked;
