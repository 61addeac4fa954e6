package io.segue.bundles.shell.client;

import java.util.ArrayList;
import java.util.List;

/**
 * A line up to the cursor, as completion needs it: of the command that the cursor is in the words
 * before the cursor's, and the start of the cursor's own, which may be empty. Commands are parted
 * by {@code |} and {@code ;}, words by blanks; quotes keep together what stands between them. The
 * client and the node read a line by this one class, so that they agree on what is replaced.
 *
 * @param words before the cursor's, without quotes
 * @param start of the cursor's word, as typed
 * @param startsAt where in the line the cursor's word starts
 */
public record TypedLine(List<String> words, String start, int startsAt) {
  public TypedLine {
    words = List.copyOf(words);
  }

  /** Reads a line that ends at the cursor. */
  public static TypedLine of(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    int startsAt = 0;
    char quote = 0;
    boolean inWord = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      boolean parts = quote == 0 && (Character.isWhitespace(c) || c == '|' || c == ';');
      if (parts) {
        if (inWord) {
          words.add(word.toString());
          word.setLength(0);
          inWord = false;
        }
        if (!Character.isWhitespace(c)) {
          words.clear();
        }
        startsAt = i + 1;
      } else {
        inWord = true;
        if (quote == 0 && (c == '"' || c == '\'')) {
          quote = c;
        } else if (c == quote) {
          quote = 0;
        } else {
          word.append(c);
        }
      }
    }
    return new TypedLine(words, line.substring(startsAt), startsAt);
  }
}
