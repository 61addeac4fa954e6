/**
 * Looks at the bytes of a bundle's classes: they use what a list names, member by member, and do
 * nothing else that would make nodes differ. Runs nothing.
 *
 * <p>{@link io.segue.kernel.admission.code.CodeCheck} opens each class within {@link
 * io.segue.kernel.admission.code.AttributeBounds} and keeps in {@link
 * io.segue.kernel.admission.code.BundleTypes} what descends from what. {@link
 * io.segue.kernel.admission.code.ClassScan} goes through a class, {@link
 * io.segue.kernel.admission.code.MethodScan} through a method, {@link
 * io.segue.kernel.admission.code.OperandStack} knows what a call takes, and {@link
 * io.segue.kernel.admission.code.ErrorHandlers} follows what is caught. {@link
 * io.segue.kernel.admission.code.Uses} asks the {@link io.segue.kernel.admission.allow.AllowList}
 * about a use, with the {@link io.segue.kernel.admission.code.Hierarchy} of its type; {@link
 * io.segue.kernel.admission.code.Conditions} checks what a member asks of its operands. {@link
 * io.segue.kernel.admission.code.Rules} has the {@link io.segue.kernel.admission.code.CodeRule}
 * that explains a refusal; {@link io.segue.kernel.admission.code.Findings} collects.
 */
@NullMarked
package io.segue.kernel.admission.code;

import org.jspecify.annotations.NullMarked;
