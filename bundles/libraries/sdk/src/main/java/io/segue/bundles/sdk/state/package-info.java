/**
 * A module's state as typed collections over a store of bytes. Read {@link
 * io.segue.bundles.sdk.state.Schema} first, then what it declares: {@link
 * io.segue.bundles.sdk.state.Item}, {@link io.segue.bundles.sdk.state.Sequence}, {@link
 * io.segue.bundles.sdk.state.Table}, {@link io.segue.bundles.sdk.state.KeySet}, {@link
 * io.segue.bundles.sdk.state.IndexedTable}; then how keys and values look: {@link
 * io.segue.bundles.sdk.state.Keys}, {@link io.segue.bundles.sdk.state.Values}; and which part of a
 * collection is walked: {@link io.segue.bundles.sdk.state.Range}. What becomes of them in an
 * upgrade: {@link io.segue.bundles.sdk.state.Rewrite}.
 */
@NullMarked
package io.segue.bundles.sdk.state;

import org.jspecify.annotations.NullMarked;
