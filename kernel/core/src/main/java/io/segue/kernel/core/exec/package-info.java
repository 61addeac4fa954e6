/** Executes the state machine: stores, gas, routing, transactions, blocks and queries. */
@NullMarked
package io.segue.kernel.core.exec;

import org.jspecify.annotations.NullMarked;
