/** What clients and services do with transactions alike. */
@NullMarked
package io.segue.bundles.sdk.tx;

import org.jspecify.annotations.NullMarked;
