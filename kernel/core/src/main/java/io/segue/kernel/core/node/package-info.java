/** One node: its parts put together, and what it tells operators and engines. */
@NullMarked
package io.segue.kernel.core.node;

import org.jspecify.annotations.NullMarked;
