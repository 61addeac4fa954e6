/** {@code segue query}: commands that ask a node. */
package io.segue.bundles.cli.query;
