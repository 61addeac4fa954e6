/** The shell of a running node, on a socket that only its owner can open. */
@NullMarked
package io.segue.bundles.shell;

import org.jspecify.annotations.NullMarked;
