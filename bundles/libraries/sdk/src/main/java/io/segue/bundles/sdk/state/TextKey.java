package io.segue.bundles.sdk.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.segue.bundles.sdk.JsonParts;
import io.segue.bundles.sdk.JsonParts.Part;

/** Text in UTF-8. What is ASCII, as most keys are, is written without a copy. */
enum TextKey implements KeyCodec<String> {
  REST,
  TERMINATED,
  SHORT;

  private static final int ASCII = 0x80;
  private static final int MAX_SHORT = 255;

  @Override
  public int size(String key) {
    if (this == TERMINATED && key.indexOf(0) >= 0) {
      throw new IllegalArgumentException("a text with a character 0 can't be part of a key");
    }
    int length = length(key);
    if (this == SHORT && length > MAX_SHORT) {
      throw new IllegalArgumentException(
          "a text of " + length + " bytes, at most " + MAX_SHORT + " are a key");
    }
    return this == REST ? length : length + 1;
  }

  @Override
  public int write(String key, byte[] into, int at) {
    int end = at;
    if (this == SHORT) {
      into[end++] = (byte) length(key);
    }
    if (isAscii(key)) {
      for (int i = 0; i < key.length(); i++) {
        into[end++] = (byte) key.charAt(i);
      }
    } else {
      byte[] bytes = key.getBytes(UTF_8);
      System.arraycopy(bytes, 0, into, end, bytes.length);
      end += bytes.length;
    }
    if (this == TERMINATED) {
      into[end++] = 0;
    }
    return end;
  }

  @Override
  public String read(KeyReader in) {
    return switch (this) {
      case REST -> new String(in.take(in.left()), UTF_8);
      case SHORT -> new String(in.take(in.next()), UTF_8);
      case TERMINATED -> {
        String text = new String(in.take(in.until(0)), UTF_8);
        in.next();
        yield text;
      }
    };
  }

  @Override
  public boolean endsItself() {
    return this != REST;
  }

  @Override
  public String json(String key) {
    return Json.string(key);
  }

  @Override
  public String ofJson(Part json) {
    return JsonParts.string(json);
  }

  private static int length(String text) {
    return isAscii(text) ? text.length() : text.getBytes(UTF_8).length;
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
