/**
 * The node's JSON-RPC server: the methods of CometBFT v0.38 that clients of the ecosystem call.
 * {@link io.segue.bundles.rpc.RpcComponent} has OSGi start it with an {@link
 * io.segue.bundles.rpc.RpcConfig} of the node's {@link io.segue.bundles.rpc.RpcSettings}; {@link
 * io.segue.bundles.rpc.RpcServer} puts methods and {@link io.segue.bundles.rpc.Routes} together, of
 * which {@link io.segue.bundles.rpc.Health} is one.
 *
 * <p>{@code call} reads a call and answers it, {@code method} has what can be called, {@code
 * subscription} the WebSockets, {@code json} the values that are written, {@code query} the
 * language in which events are asked for.
 */
@NullMarked
package io.segue.bundles.rpc;

import org.jspecify.annotations.NullMarked;
