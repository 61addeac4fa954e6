/** How results are printed, by commands in the node and by the command line beside it. */
@NullMarked
package io.segue.bundles.shell.output;

import org.jspecify.annotations.NullMarked;
