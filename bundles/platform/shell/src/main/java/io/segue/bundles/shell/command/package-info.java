/** The commands that the shell adds to Felix's own. */
@NullMarked
package io.segue.bundles.shell.command;

import org.jspecify.annotations.NullMarked;
