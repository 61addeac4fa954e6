package io.segue.bundles.cli.console;

/**
 * A command that works on the files of a node, and so knows its engine and its state store: a class
 * with picocli's annotations and a public constructor. {@code bundles/client/offline} names its own
 * in {@code META-INF/services}, and the client takes them among its commands.
 */
public interface OfflineCommand {}
