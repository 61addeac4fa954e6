package io.segue.bundles.descriptors;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.MethodOptions;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnknownFieldSet.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One binding of the option {@code google.api.http}, read by field numbers: nobody registers the
 * option, so that its class is needed nowhere.
 *
 * @param httpMethod such as {@code GET}
 * @param template of the path
 * @param body {@code *} where the request message is the body, the name of a field, or empty
 */
record HttpRule(String httpMethod, String template, String body) {
  private static final int OPTION = 72_295_728;
  private static final int BODY = 7;
  private static final int ADDITIONAL = 11;
  private static final Map<Integer, String> METHODS =
      Map.of(2, "GET", 3, "PUT", 4, "POST", 5, "DELETE", 6, "PATCH");

  /** All bindings of a method; none where it has no such option. */
  static List<HttpRule> of(MethodDescriptor method) {
    List<HttpRule> rules = new ArrayList<>();
    try {
      List<ByteString> parts =
          MethodOptions.parseFrom(method.getOptions().toByteString())
              .getUnknownFields()
              .getField(OPTION)
              .getLengthDelimitedList();
      UnknownFieldSet.Builder merged = UnknownFieldSet.newBuilder();
      for (ByteString part : parts) {
        merged.mergeFrom(part);
      }
      UnknownFieldSet rule = merged.build();
      read(rule).ifPresent(rules::add);
      for (ByteString additional : rule.getField(ADDITIONAL).getLengthDelimitedList()) {
        read(UnknownFieldSet.parseFrom(additional)).ifPresent(rules::add);
      }
    } catch (InvalidProtocolBufferException e) {
      return List.copyOf(rules);
    }
    return List.copyOf(rules);
  }

  private static Optional<HttpRule> read(UnknownFieldSet rule) {
    for (Map.Entry<Integer, String> method : METHODS.entrySet()) {
      Optional<String> template = text(rule.getField(method.getKey()));
      if (template.isPresent()) {
        return Optional.of(
            new HttpRule(method.getValue(), template.get(), text(rule.getField(BODY)).orElse("")));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> text(Field field) {
    List<ByteString> values = field.getLengthDelimitedList();
    return values.isEmpty()
        ? Optional.empty()
        : Optional.of(values.get(values.size() - 1).toStringUtf8());
  }
}
