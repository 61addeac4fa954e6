package io.segue.bundles.sdk;

import com.google.protobuf.MessageOrBuilder;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Writes a module's genesis, UTF-8, entry by entry: no more of it is in memory than one message.
 * What is a message goes through {@link GenesisJson}, everything else is written as it is. Every
 * method throws {@link UncheckedIOException} where the stream can't be written.
 */
public final class GenesisWriter {
  private final GenesisJson json;
  private final OutputStream out;

  public GenesisWriter(GenesisJson json, OutputStream out) {
    this.json = json;
    this.out = out;
  }

  /** Text that is JSON. */
  public void text(String text) {
    try {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A message alone. */
  public void message(MessageOrBuilder message) {
    text(json.print(message));
  }

  /** A member after others, with its comma. */
  public void member(String name, MessageOrBuilder value) {
    text(",\"" + name + "\":");
    message(value);
  }

  /**
   * A list after other members, with its comma.
   *
   * @param walk hands each entry to what it is given, in order
   */
  public <M extends MessageOrBuilder> void list(String name, Consumer<Consumer<M>> walk) {
    text(",\"" + name + "\":");
    array(taker -> walk.accept(entry -> taker.accept(json.print(entry))));
  }

  /**
   * A list alone.
   *
   * @param walk hands each entry, which is JSON, to what it is given, in order
   */
  public void array(Consumer<Consumer<String>> walk) {
    text("[");
    String[] comma = {""};
    walk.accept(
        entry -> {
          text(comma[0] + entry);
          comma[0] = ",";
        });
    text("]");
  }
}
