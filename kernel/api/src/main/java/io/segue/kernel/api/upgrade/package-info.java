/** What brings an upgrade: plans, handlers, store loaders and sidecars. */
@Export
@Version("1.1.0")
@NullMarked
package io.segue.kernel.api.upgrade;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
