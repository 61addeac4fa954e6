/** {@code segue testnet}: a network of validators on one machine. */
package io.segue.bundles.cli.testnet;
