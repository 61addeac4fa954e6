/** Starts a node: the OSGi framework with the bundles of the distribution. */
@NullMarked
package io.segue.distribution.launcher;

import org.jspecify.annotations.NullMarked;
