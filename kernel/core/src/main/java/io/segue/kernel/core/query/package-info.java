/**
 * Answers queries: {@link Queries} by path, at a height, within {@link
 * io.segue.kernel.core.check.QueryLimits}; {@link StoreQueries} reads stores with proofs. {@link
 * QueryRoom} bounds how many run at once.
 */
@NullMarked
package io.segue.kernel.core.query;

import org.jspecify.annotations.NullMarked;
