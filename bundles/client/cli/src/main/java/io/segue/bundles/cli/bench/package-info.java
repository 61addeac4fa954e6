/** {@code segue bench}: figures of a whole node, as users run it. */
package io.segue.bundles.cli.bench;
