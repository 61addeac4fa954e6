/** {@code segue tx}: commands that sign and broadcast. */
package io.segue.bundles.cli.tx;
