package io.segue.bundles.shell.command;

/**
 * A candidate of completion.
 *
 * @param value the whole word; one that ends with {@code /} can go on
 * @param meaning a few words about it; may be empty
 */
public record Suggestion(String value, String meaning) {}
