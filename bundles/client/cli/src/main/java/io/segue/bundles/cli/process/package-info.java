/** A node as a child process, for the demo and for benchmarks. */
@NullMarked
package io.segue.bundles.cli.process;

import org.jspecify.annotations.NullMarked;
