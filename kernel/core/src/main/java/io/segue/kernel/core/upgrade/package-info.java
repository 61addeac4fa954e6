/** The life of an upgrade: preparation beside the running code, store loads, timeline. */
@NullMarked
package io.segue.kernel.core.upgrade;

import org.jspecify.annotations.NullMarked;
