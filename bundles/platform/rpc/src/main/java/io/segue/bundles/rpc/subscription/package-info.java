/**
 * WebSockets and what is sent over them. {@link io.segue.bundles.rpc.subscription.SocketMethods}
 * open a {@link io.segue.bundles.rpc.subscription.SocketClient} for each connection, which calls
 * methods as others do, and is the {@link io.segue.bundles.rpc.subscription.SocketPeer} of its
 * {@link io.segue.bundles.rpc.subscription.Subscriptions}. A committed height becomes {@link
 * io.segue.bundles.rpc.subscription.ChainEvents}; a {@link
 * io.segue.bundles.rpc.subscription.ChainEvent}, written by {@link
 * io.segue.bundles.rpc.subscription.EventJson}, goes to whom an {@link
 * io.segue.bundles.rpc.subscription.EventQuery} finds it for.
 */
@NullMarked
package io.segue.bundles.rpc.subscription;

import org.jspecify.annotations.NullMarked;
