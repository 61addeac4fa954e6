/** A module whose messages, queries and genesis follow from its services and its schema. */
@NullMarked
package io.segue.bundles.sdk.module;

import org.jspecify.annotations.NullMarked;
