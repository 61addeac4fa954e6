/**
 * What demo, benchmarks and tests on whole nodes share, and nothing of a chain: {@link
 * io.segue.bundles.nodes.Distribution} is what is run, {@code NodeProcess} a node as a child
 * process with its {@code ConsoleLog}, {@code NodeShell} asks it, {@code TemporaryHome} is a folder
 * for it, {@code ArtifactServer} gives it the bundles of an upgrade.
 */
@NullMarked
package io.segue.bundles.nodes;

import org.jspecify.annotations.NullMarked;
