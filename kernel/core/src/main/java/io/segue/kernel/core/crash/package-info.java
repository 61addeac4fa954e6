/** Places at which a test stops the process. */
@NullMarked
package io.segue.kernel.core.crash;

import org.jspecify.annotations.NullMarked;
