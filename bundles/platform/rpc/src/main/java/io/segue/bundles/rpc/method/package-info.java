/**
 * What can be called, each with its name, parameters and answer: {@link
 * io.segue.bundles.rpc.method.BlockMethods}, {@link io.segue.bundles.rpc.method.TxMethods} with
 * {@link io.segue.bundles.rpc.method.CommitWaiters}, {@link
 * io.segue.bundles.rpc.method.SearchMethods}, {@link io.segue.bundles.rpc.method.NodeMethods},
 * {@link io.segue.bundles.rpc.method.ConsensusMethods} with {@link
 * io.segue.bundles.rpc.method.RoundState}, {@link io.segue.bundles.rpc.method.GenesisMethods}. Many
 * read {@link io.segue.bundles.rpc.method.Heights} or a {@link
 * io.segue.bundles.rpc.method.PageRequest}.
 */
@NullMarked
package io.segue.bundles.rpc.method;

import org.jspecify.annotations.NullMarked;
