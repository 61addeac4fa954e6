/** The seam between the kernel and the state store. */
@Export
@Version("1.1.0")
@NullMarked
package io.segue.kernel.api.store;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
