/** The application as a consensus engine sees it: ABCI 2.0 as records of bytes. */
@Export
@Version("1.3.0")
@NullMarked
package io.segue.kernel.api.abci;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
