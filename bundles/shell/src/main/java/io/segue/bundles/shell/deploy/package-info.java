/** The folder whose files are deployed into the running node. */
@NullMarked
package io.segue.bundles.shell.deploy;

import org.jspecify.annotations.NullMarked;
