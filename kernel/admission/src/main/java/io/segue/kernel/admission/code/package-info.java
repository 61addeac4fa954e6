/**
 * Looks at the bytes of a bundle's classes for what would make nodes differ: calls of the clock,
 * threads, floating point and the like. The rules are in {@code rules.txt}. Runs nothing.
 *
 * <p>{@link io.segue.kernel.admission.code.CodeCheck} opens each class within {@link
 * io.segue.kernel.admission.code.AttributeBounds} and keeps in {@link
 * io.segue.kernel.admission.code.BundleTypes} what descends from what. {@link
 * io.segue.kernel.admission.code.ClassScan} goes through a class, {@link
 * io.segue.kernel.admission.code.MethodScan} through a method, and {@link
 * io.segue.kernel.admission.code.ErrorHandlers} follows what it catches. {@link
 * io.segue.kernel.admission.code.Uses} finds the {@link io.segue.kernel.admission.code.CodeRule} in
 * {@link io.segue.kernel.admission.code.Rules} that a use breaks, by the {@link
 * io.segue.kernel.admission.code.PlatformMembers}; {@link io.segue.kernel.admission.code.Findings}
 * collects.
 */
@NullMarked
package io.segue.kernel.admission.code;

import org.jspecify.annotations.NullMarked;
