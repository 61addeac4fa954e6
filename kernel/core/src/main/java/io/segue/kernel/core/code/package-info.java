/**
 * Looks at the bytes of a generation's classes for what would make nodes differ: calls of the
 * clock, threads, floating point and the like. The rules are in {@code rules.txt}. Runs nothing.
 */
@NullMarked
package io.segue.kernel.core.code;

import org.jspecify.annotations.NullMarked;
