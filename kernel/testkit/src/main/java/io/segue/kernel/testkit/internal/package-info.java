/**
 * What the testkit is made of and tests of the kernel use besides: it shows the kernel's own
 * classes, changes as these do, and is no API.
 */
@NullMarked
package io.segue.kernel.testkit.internal;

import org.jspecify.annotations.NullMarked;
