package io.segue.bundles.cli.project;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A text and what becomes of it; all offsets are those of the text as it was. */
final class SourceText {
  private final String before;
  private final List<Change> changes = new ArrayList<>();

  SourceText(String before) {
    this.before = before;
  }

  /** The text as it was. */
  String before() {
    return before;
  }

  /** Inserts there, behind what was inserted there before. */
  void insert(int offset, String inserted) {
    replace(offset, offset, inserted);
  }

  /** Puts a text in place of what is from one offset to another. */
  void replace(int from, int to, String replacement) {
    changes.add(new Change(from, to, replacement));
  }

  /** The text with all changes. */
  String after() {
    StringBuilder after = new StringBuilder();
    int copied = 0;
    for (Change change : changes.stream().sorted(Comparator.comparingInt(Change::from)).toList()) {
      after.append(before, copied, change.from()).append(change.text());
      copied = change.to();
    }
    return after.append(before, copied, before.length()).toString();
  }

  private record Change(int from, int to, String text) {}
}
