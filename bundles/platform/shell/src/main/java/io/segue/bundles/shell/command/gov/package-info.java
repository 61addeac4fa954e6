/** {@code gov:}: proposals and their votes. */
@NullMarked
package io.segue.bundles.shell.command.gov;

import org.jspecify.annotations.NullMarked;
