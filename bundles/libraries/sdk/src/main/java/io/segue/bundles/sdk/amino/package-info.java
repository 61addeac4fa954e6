/** Amino JSON, the text that hardware wallets show and that holders of a multisig key sign. */
@NullMarked
package io.segue.bundles.sdk.amino;

import org.jspecify.annotations.NullMarked;
