/** {@code segue tx}: commands that sign and broadcast. */
@NullMarked
package io.segue.bundles.cli.tx;

import org.jspecify.annotations.NullMarked;
