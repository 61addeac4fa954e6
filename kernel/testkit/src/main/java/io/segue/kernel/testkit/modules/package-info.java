/** Runs modules through the kernel's executor, without a node, a framework or signatures. */
@NullMarked
package io.segue.kernel.testkit.modules;

import org.jspecify.annotations.NullMarked;
