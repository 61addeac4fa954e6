/** What the command line makes of a module that it knows by its descriptors alone. */
@NullMarked
package io.segue.bundles.cli.module;

import org.jspecify.annotations.NullMarked;
