/**
 * The command line. {@link io.segue.bundles.cli.Segue} is the program and lists the groups of
 * commands, to which {@code bundles/client/offline} adds those on the files of a node; {@code
 * ModuleCommands} adds those that a chain describes; {@code CompletionCommand} and {@code
 * FishCompletion} write the scripts of shells; {@code ShellSessionCommand} is the client of a node.
 * Each group of commands is a package below, and none of them uses this one. What they share, from
 * the bottom up: {@code console}, {@code keyring}, {@code chain}, {@code home}, {@code init}.
 */
package io.segue.bundles.cli;
