/**
 * From a module's protobuf services to the handlers that the kernel wants: {@link
 * io.segue.bundles.sdk.service.Services} first, then {@link
 * io.segue.bundles.sdk.service.MessageRoute}.
 */
@NullMarked
package io.segue.bundles.sdk.service;

import org.jspecify.annotations.NullMarked;
