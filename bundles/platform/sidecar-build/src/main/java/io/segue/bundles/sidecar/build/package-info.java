/** The sidecar {@code build}: compiles an upgrade's bundles from a commit of a Git repository. */
@NullMarked
package io.segue.bundles.sidecar.build;

import org.jspecify.annotations.NullMarked;
