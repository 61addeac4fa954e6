/** {@code segue query}: commands that ask a node. */
@NullMarked
package io.segue.bundles.cli.query;

import org.jspecify.annotations.NullMarked;
