package io.segue.bundles.sdk.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.segue.bundles.sdk.JsonParts;
import io.segue.bundles.sdk.JsonParts.Part;

/** Text in UTF-8. What is ASCII, as most keys are, is written without a copy. */
enum TextKey implements KeyCodec<String> {
  REST,
  TERMINATED;

  private static final int ASCII = 0x80;

  @Override
  public int size(String key) {
    if (this == TERMINATED && key.indexOf(0) >= 0) {
      throw new IllegalArgumentException("a text with a character 0 can't be part of a key");
    }
    int length = isAscii(key) ? key.length() : key.getBytes(UTF_8).length;
    return this == TERMINATED ? length + 1 : length;
  }

  @Override
  public int write(String key, byte[] into, int at) {
    int end = at;
    if (isAscii(key)) {
      for (int i = 0; i < key.length(); i++) {
        into[end++] = (byte) key.charAt(i);
      }
    } else {
      byte[] bytes = key.getBytes(UTF_8);
      System.arraycopy(bytes, 0, into, at, bytes.length);
      end += bytes.length;
    }
    if (this == TERMINATED) {
      into[end++] = 0;
    }
    return end;
  }

  @Override
  public String read(KeyReader in) {
    if (this == REST) {
      return new String(in.take(in.left()), UTF_8);
    }
    String text = new String(in.take(in.until(0)), UTF_8);
    in.next();
    return text;
  }

  @Override
  public boolean endsItself() {
    return this == TERMINATED;
  }

  @Override
  public String json(String key) {
    return Json.string(key);
  }

  @Override
  public String ofJson(Part json) {
    return JsonParts.string(json);
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= ASCII) {
        return false;
      }
    }
    return true;
  }
}
