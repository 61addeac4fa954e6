/**
 * What code of generations may use, by member: the list in {@code allowed.txt}, read into {@link
 * io.segue.kernel.admission.allow.AllowList}, and written for builders by {@link
 * io.segue.kernel.admission.allow.AllowedPage}.
 */
@NullMarked
package io.segue.kernel.admission.allow;

import org.jspecify.annotations.NullMarked;
