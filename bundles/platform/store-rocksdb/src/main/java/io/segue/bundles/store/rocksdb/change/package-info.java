/**
 * What a height changed of a store. A {@link io.segue.bundles.store.rocksdb.change.ChangeSet}
 * consists of {@link io.segue.bundles.store.rocksdb.change.ChangeChunk}s, of which the {@link
 * io.segue.bundles.store.rocksdb.change.ChangeSetIndex} finds the one with a key, if its {@link
 * io.segue.bundles.store.rocksdb.change.KeyFilter} lets it pass; a {@link
 * io.segue.bundles.store.rocksdb.change.ChangeSetCursor} passes through them, and the {@link
 * io.segue.bundles.store.rocksdb.change.ChangeSetCache} holds those of the last heights.
 */
@NullMarked
package io.segue.bundles.store.rocksdb.change;

import org.jspecify.annotations.NullMarked;
