/** {@code store:}: reads, checks and copies the state. */
@NullMarked
package io.segue.bundles.shell.command.store;

import org.jspecify.annotations.NullMarked;
