/** {@code segue keys}: {@code KeysCommand}, and its larger subcommands. */
package io.segue.bundles.cli.keys;
