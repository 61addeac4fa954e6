/** The command {@code segue replay}. */
package io.segue.bundles.cli.replay;
