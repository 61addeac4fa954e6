/** Accounts, their store, genesis and parameters. */
@NullMarked
package io.segue.bundles.auth.account;

import org.jspecify.annotations.NullMarked;
