package io.segue.bundles.shell.command;

import java.util.Optional;

/**
 * What a command found.
 *
 * @param json the same for machines: maps, lists, texts, numbers and booleans
 * @param text for people; lines end with a line feed
 * @param failure why the command counts as failed all the same, and what to do; it is said after
 *     the answer
 */
public record Answer(Object json, String text, Optional<String> failure) {
  public Answer(Object json, String text) {
    this(json, text, Optional.empty());
  }
}
