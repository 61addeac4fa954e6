/**
 * Shows what no look at class files can: that the same blocks give the same roots in JVMs that
 * differ as those of validators do.
 */
@NullMarked
package io.segue.kernel.testkit.determinism;

import org.jspecify.annotations.NullMarked;
