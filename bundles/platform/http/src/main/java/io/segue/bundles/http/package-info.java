/** An HTTP server with WebSockets that no slow, greedy or silent client can occupy. */
@Export
@Version("1.0.0")
@NullMarked
package io.segue.bundles.http;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
