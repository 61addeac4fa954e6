/** Sockets on channels: two streams of one connection, and the file of a Unix domain socket. */
@NullMarked
package io.segue.bundles.shell.socket;

import org.jspecify.annotations.NullMarked;
