package io.segue.bundles.sdk;

import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import io.segue.kernel.api.module.ModuleException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Protobuf messages as the genesis file has them: JSON with the fields' original names, 64-bit
 * numbers as strings, absent fields printed. Lists that may be long are cut by {@link JsonParts}
 * first. Immutable.
 */
public final class GenesisJson {
  private final JsonFormat.Parser parser;
  private final JsonFormat.Printer printer;
  private final AnyDepth depth;

  private GenesisJson(TypeRegistry types) {
    this.parser = JsonFormat.parser().usingTypeRegistry(types);
    this.depth = new AnyDepth(types);
    this.printer =
        JsonFormat.printer()
            .usingTypeRegistry(types)
            .preservingProtoFieldNames()
            .alwaysPrintFieldsWithNoPresence()
            .omittingInsignificantWhitespace();
  }

  /**
   * For messages whose Any fields hold one of {@code types}.
   *
   * @param types prototypes, such as {@code BaseAccount.getDefaultInstance()}
   */
  public static GenesisJson withTypes(Message... types) {
    TypeRegistry.Builder registry = TypeRegistry.newBuilder();
    for (Message type : types) {
      registry.add(type.getDescriptorForType());
    }
    return new GenesisJson(registry.build());
  }

  /**
   * For messages whose Any fields hold a type of any module.
   *
   * @param descriptorSets serialized FileDescriptorSets, such as {@code Descriptors.all()}
   */
  public static GenesisJson withDescriptors(List<byte[]> descriptorSets) {
    TypeRegistry.Builder registry = TypeRegistry.newBuilder();
    for (FileDescriptor file : DescriptorSets.files(descriptorSets)) {
      registry.add(file.getMessageTypes());
    }
    return new GenesisJson(registry.build());
  }

  /**
   * Reads JSON into {@code builder}.
   *
   * @param where what the text is, for the error
   * @return {@code builder}
   * @throws ModuleException sdk/18 where it does not fit the message, or is nested deeper than
   *     {@link JsonParts#MAX_DEPTH}
   */
  public <B extends Message.Builder> B parse(String where, String json, B builder) {
    try {
      JsonParts.requireDepth(json.getBytes(StandardCharsets.UTF_8));
      parser.merge(json, builder);
      return builder;
    } catch (IllegalArgumentException | InvalidProtocolBufferException e) {
      throw SdkErrors.invalidRequest("genesis of " + where + ": " + e.getMessage());
    }
  }

  /** As {@link #parse(String, String, Message.Builder)}, from UTF-8. */
  public <B extends Message.Builder> B parse(String where, byte[] json, B builder) {
    return parse(where, new String(json, StandardCharsets.UTF_8), builder);
  }

  /**
   * The JSON of a message, on one line.
   *
   * @throws IllegalStateException where JSON can't say it: an Any of an unknown type or nested
   *     deeper than {@link AnyDepth#MAX_DEPTH}, a time or duration out of protobuf's range
   */
  public String print(MessageOrBuilder message) {
    try {
      depth.require(message);
      return printer.print(message);
    } catch (IllegalArgumentException | InvalidProtocolBufferException e) {
      throw new IllegalStateException("JSON can't say a message: " + e.getMessage(), e);
    }
  }

  /** As {@link #print}, in UTF-8. */
  public byte[] printBytes(MessageOrBuilder message) {
    return print(message).getBytes(StandardCharsets.UTF_8);
  }
}
