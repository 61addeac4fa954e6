/**
 * What the shipped modules share: wire messages, addresses, coins, errors. Embedded, never linked.
 */
package io.segue.bundles.sdk;
