/** What a consensus engine offers to the servers of a node. */
@Export
@Version("1.2.0")
@NullMarked
package io.segue.kernel.api.engine;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
