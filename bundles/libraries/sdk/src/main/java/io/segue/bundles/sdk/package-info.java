/**
 * What the shipped modules share: wire messages, addresses, coins, errors. Embedded, never linked.
 */
@NullMarked
package io.segue.bundles.sdk;

import org.jspecify.annotations.NullMarked;
