/** The sidecar {@code fetch}: downloads an upgrade's artifact and checks its digest. */
@NullMarked
package io.segue.bundles.sidecar.fetch;

import org.jspecify.annotations.NullMarked;
