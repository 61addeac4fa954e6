/**
 * Executes blocks: {@link BlockExecutor} runs the phases of a block, {@link TxRunner} a
 * transaction, {@link UpgradeExecution} an upgrade between two blocks. Each call of a module sees
 * the state by a {@link ModuleContext} of an {@link ExecutionContext}.
 */
@NullMarked
package io.segue.kernel.core.exec;

import org.jspecify.annotations.NullMarked;
