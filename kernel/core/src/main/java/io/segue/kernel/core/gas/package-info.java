/**
 * What execution may cost: {@link Limits} and {@link KernelRules} of a block, {@link Gas} that
 * counts what one transaction, query or phase uses, {@link MeteredStore} that charges every access
 * of a store, {@link BlockGas} and {@link ChangeLimit} for a whole block, {@link Deadline} for
 * queries. {@link ErrorResult} is the result where a limit is passed or code refuses.
 */
@NullMarked
package io.segue.kernel.core.gas;

import org.jspecify.annotations.NullMarked;
