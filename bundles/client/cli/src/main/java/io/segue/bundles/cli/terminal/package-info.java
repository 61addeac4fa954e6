/** The shell on a terminal: line editing, history, completion. */
@NullMarked
package io.segue.bundles.cli.terminal;

import org.jspecify.annotations.NullMarked;
