/**
 * From a module's protobuf services to the handlers that the kernel wants: {@link
 * io.segue.bundles.sdk.service.Services} first, then {@link
 * io.segue.bundles.sdk.service.MessageRoute}. And from a call in Java to another module: {@link
 * io.segue.bundles.sdk.service.Client}.
 */
@NullMarked
package io.segue.bundles.sdk.service;

import org.jspecify.annotations.NullMarked;
