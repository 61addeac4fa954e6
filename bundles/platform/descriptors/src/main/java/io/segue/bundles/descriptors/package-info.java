/**
 * What servers and clients are built from in place of modules: the types, the JSON and the HTTP
 * routes of a generation, from its descriptors alone.
 */
@Export
@Version("1.0.0")
@NullMarked
package io.segue.bundles.descriptors;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
