/** The command {@code segue replay}. */
package io.segue.bundles.offline.replay;
