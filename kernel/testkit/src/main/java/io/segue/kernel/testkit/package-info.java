/** What tests of the kernel and of anyone's bundles need: a store in memory and its contract. */
@NullMarked
package io.segue.kernel.testkit;

import org.jspecify.annotations.NullMarked;
