package io.segue.bundles.cli.terminal;

import io.segue.bundles.shell.client.TypedLine;
import java.util.List;
import org.jline.reader.CompletingParsedLine;

/** A line as the node reads it, for JLine: completion replaces the word that the cursor is in. */
final class CursorWord implements CompletingParsedLine {
  private final String line;
  private final int cursor;
  private final TypedLine typed;
  private final String word;

  CursorWord(String line, int cursor) {
    this.line = line;
    this.cursor = cursor;
    this.typed = TypedLine.of(line.substring(0, cursor));
    int end = cursor;
    while (end < line.length() && !parts(line.charAt(end))) {
      end++;
    }
    this.word = line.substring(typed.startsAt(), end);
  }

  @Override
  public String word() {
    return word;
  }

  @Override
  public int wordCursor() {
    return cursor - typed.startsAt();
  }

  @Override
  public int wordIndex() {
    return typed.words().size();
  }

  @Override
  public List<String> words() {
    return java.util.stream.Stream.concat(typed.words().stream(), java.util.stream.Stream.of(word))
        .toList();
  }

  @Override
  public String line() {
    return line;
  }

  @Override
  public int cursor() {
    return cursor;
  }

  /** As it is: the node offers no word that would have to be quoted. */
  @Override
  public CharSequence escape(CharSequence candidate, boolean complete) {
    return candidate;
  }

  @Override
  public int rawWordCursor() {
    return wordCursor();
  }

  @Override
  public int rawWordLength() {
    return word.length();
  }

  private static boolean parts(char c) {
    return Character.isWhitespace(c) || c == '|' || c == ';';
  }
}
