/**
 * {@code node:}, {@code module:} and {@code log:}: the state of the node, what holds it, the
 * versions of its modules, and its loggers.
 */
@NullMarked
package io.segue.bundles.shell.command.node;

import org.jspecify.annotations.NullMarked;
