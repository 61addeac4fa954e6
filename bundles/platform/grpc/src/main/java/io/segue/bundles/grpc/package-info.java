/** The node's queries over gRPC, with reflection. */
@NullMarked
package io.segue.bundles.grpc;

import org.jspecify.annotations.NullMarked;
