/** What a module of the application's state machine implements and calls. */
@Export
@Version("1.6.0")
@NullMarked
package io.segue.kernel.api.module;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
