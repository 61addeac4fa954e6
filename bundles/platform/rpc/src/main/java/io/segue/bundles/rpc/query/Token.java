package io.segue.bundles.rpc.query;

import java.util.Arrays;

/** A piece of a query; the offset is in bytes. {@code INVALID} has what is wrong as its text. */
record Token(Kind kind, String text, int offset) {
  /** Kinds of pieces, with the words that CometBFT has for them. */
  enum Kind {
    END("EOF"),
    INVALID("invalid token"),
    TAG("tag"),
    TEXT("string"),
    NUMBER("number"),
    TIME("timestamp"),
    DATE("datestamp"),
    AND("AND operator"),
    CONTAINS("CONTAINS operator"),
    EXISTS("EXISTS operator"),
    EQUAL("= operator"),
    LESS("< operator"),
    LESS_OR_EQUAL("<= operator"),
    GREATER("> operator"),
    GREATER_OR_EQUAL(">= operator");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }

    /** The kind of an operator made of letters, or of a tag. */
    static Kind ofWord(String word) {
      return Arrays.stream(new Kind[] {AND, CONTAINS, EXISTS})
          .filter(kind -> kind.name().equals(word))
          .findFirst()
          .orElse(TAG);
    }
  }
}
