package io.segue.bundles.shell.command;

/**
 * What a command found.
 *
 * @param json the same for machines: maps, lists, texts, numbers and booleans
 * @param text for people; lines end with a line feed
 */
record Answer(Object json, String text) {}
