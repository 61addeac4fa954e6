/** {@code segue blocks} and {@code segue rollback}, on the files of a node. */
package io.segue.bundles.offline.blocks;
