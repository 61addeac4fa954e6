/**
 * What the kernel puts into the code of generations when it loads it. Nobody else calls it:
 * admission refuses code that names this package.
 */
@Export
@Version("1.1.0")
@NullMarked
package io.segue.kernel.api.guard;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
