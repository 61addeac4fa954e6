package io.segue.bundles.descriptors;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageOrBuilder;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Messages of a generation as the JSON of the Cosmos SDK: the fields' original names, all of them
 * also where they are empty, numbers of 64 bits as texts, enums by name, bytes in base64, an Any as
 * the message in it with its {@code @type}, decimals with a point.
 *
 * <p>An Any that holds what no module describes is written {@code {"@type": ..., "@value":
 * base64}}, so that whoever sent it does not keep others from reading what is around it. No message
 * is refused for what it holds.
 *
 * <p>Thread safety: any thread.
 */
public final class CosmosJson {
  /** Deepest nesting of what is read, and of Anys in what is written. */
  public static final int MAX_DEPTH = 100;

  private final Types types;
  private final Map<Descriptor, List<FieldForm>> forms = new ConcurrentHashMap<>();

  CosmosJson(Types types) {
    this.types = types;
  }

  /** The JSON of a message in UTF-8, on one line. */
  public byte[] print(MessageOrBuilder message) {
    return new JsonPrinter(this).print(message);
  }

  /**
   * The JSON of a message that stands in bytes.
   *
   * @throws IllegalArgumentException where they are no message of this type
   */
  public byte[] print(Descriptor type, byte[] message) {
    try {
      return print(DynamicMessage.parseFrom(type, message));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException(
          "no message of type " + type.getFullName() + ": " + e.getMessage(), e);
    }
  }

  /**
   * A message from its JSON. Names of fields are the original ones or those in camel case; a null
   * or a missing field is an absent one.
   *
   * @param json UTF-8
   * @throws IllegalArgumentException where it is not JSON, is nested deeper than {@link
   *     #MAX_DEPTH}, or does not fit; names the place
   */
  public DynamicMessage parse(Descriptor type, byte[] json) {
    return new JsonParser(this, true).parse(type, json);
  }

  /**
   * As {@link #parse}, passing over members that the messages do not have, as the gateway of the
   * Cosmos SDK does.
   */
  DynamicMessage parseKnown(Descriptor type, byte[] json) {
    return new JsonParser(this, false).parse(type, json);
  }

  /**
   * Whether a field of text or bytes is a number of the Cosmos SDK, which in JSON is a decimal with
   * a point or an integer.
   */
  public boolean isNumber(FieldDescriptor field) {
    return form(field).number() != FieldForm.Number.NONE;
  }

  Types types() {
    return types;
  }

  List<FieldForm> forms(Descriptor type) {
    return forms.computeIfAbsent(type, FieldForm::of);
  }

  FieldForm form(FieldDescriptor field) {
    return forms(field.getContainingType()).get(field.getIndex());
  }
}
