/** What the Maven of a builder's project loads from the distribution, on the builder's machine. */
@NullMarked
package io.segue.bundles.maven;

import org.jspecify.annotations.NullMarked;
