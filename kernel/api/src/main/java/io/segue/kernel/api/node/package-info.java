/** What a node says about itself and what an operator may ask of it. */
@Export
@Version("1.3.0")
@NullMarked
package io.segue.kernel.api.node;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
