/**
 * A call of JSON-RPC, from its bytes to its answer: {@link io.segue.bundles.rpc.call.JsonRpc} reads
 * it, or {@link io.segue.bundles.rpc.call.UriParams} the path of a GET; {@link
 * io.segue.bundles.rpc.call.MethodTable} finds the {@link io.segue.bundles.rpc.call.Method}, which
 * reads its {@link io.segue.bundles.rpc.call.CallParams} ({@link
 * io.segue.bundles.rpc.call.JsonParams} where they are JSON). {@link
 * io.segue.bundles.rpc.call.RpcException} is an answer that says what is wrong.
 */
@NullMarked
package io.segue.bundles.rpc.call;

import org.jspecify.annotations.NullMarked;
