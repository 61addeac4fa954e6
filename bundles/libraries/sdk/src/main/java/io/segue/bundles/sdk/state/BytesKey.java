package io.segue.bundles.sdk.state;

import io.segue.bundles.sdk.JsonParts;
import io.segue.bundles.sdk.JsonParts.Part;
import io.segue.bundles.sdk.Times;
import java.time.DateTimeException;
import java.time.Instant;

/** Bytes of which the end is known by a length before them, by their number, or by the key's. */
enum BytesKey implements KeyCodec<byte[]> {
  REST,
  ADDRESS,
  TIME;

  private static final int TIME_BYTES = 29;
  private static final int MAX_ADDRESS = 255;

  @Override
  public int size(byte[] key) {
    if (this != ADDRESS) {
      return key.length;
    }
    if (key.length > MAX_ADDRESS) {
      throw new IllegalArgumentException(
          "an address of " + key.length + " bytes, at most " + MAX_ADDRESS + " are a key");
    }
    return 1 + key.length;
  }

  @Override
  public int write(byte[] key, byte[] into, int at) {
    int from = at;
    if (this == ADDRESS) {
      into[from++] = (byte) key.length;
    }
    System.arraycopy(key, 0, into, from, key.length);
    return from + key.length;
  }

  @Override
  public byte[] read(KeyReader in) {
    return in.take(
        switch (this) {
          case REST -> in.left();
          case ADDRESS -> in.next();
          case TIME -> TIME_BYTES;
        });
  }

  @Override
  public boolean endsItself() {
    return this != REST;
  }

  @Override
  public String json(byte[] key) {
    return this == TIME ? Json.string(Times.ofKey(key).toString()) : Json.string(Json.hex(key));
  }

  @Override
  public byte[] ofJson(Part json) {
    return this == TIME ? time(JsonParts.string(json)) : Json.unhex(json);
  }

  private static byte[] time(String text) {
    try {
      return Times.key(Instant.parse(text));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is no time, as 2026-01-31T12:00:00Z is", e);
    }
  }
}
