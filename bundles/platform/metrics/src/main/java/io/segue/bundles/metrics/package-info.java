/** Tells monitors how the node is: metrics for Prometheus, and whether it lives and is ready. */
@NullMarked
package io.segue.bundles.metrics;

import org.jspecify.annotations.NullMarked;
