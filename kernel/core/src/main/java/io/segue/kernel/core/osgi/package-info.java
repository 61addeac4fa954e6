/** Where the kernel meets the OSGi framework. */
@NullMarked
package io.segue.kernel.core.osgi;

import org.jspecify.annotations.NullMarked;
