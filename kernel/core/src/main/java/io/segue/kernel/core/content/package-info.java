/**
 * What a node keeps of artifacts: bytes by their digest, and which of them make a generation.
 *
 * <p>{@link io.segue.kernel.core.content.ContentStore} has the files, and {@link
 * io.segue.kernel.core.content.ContentSweep} removes what nothing refers to.
 */
@NullMarked
package io.segue.kernel.core.content;

import org.jspecify.annotations.NullMarked;
