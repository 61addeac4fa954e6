/** The other end of the shell's socket: for the command line, on a plain class path. */
@NullMarked
package io.segue.bundles.shell.client;

import org.jspecify.annotations.NullMarked;
