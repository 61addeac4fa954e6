package io.segue.bundles.descriptors;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import java.util.List;

/** Fills request messages from the texts of a URL; errors are in the words of the SDK's gateway. */
final class Parameters {
  /** Deepest field that a parameter may name. */
  static final int MAX_DEPTH = 10;

  private final CosmosJson json;

  Parameters(CosmosJson json) {
    this.json = json;
  }

  /**
   * Passes where a path of names leads to a field that a variable can fill.
   *
   * @throws IllegalArgumentException where it does not
   */
  static void require(Descriptor type, String path) {
    Descriptor at = type;
    String[] names = path.split("\\.", -1);
    for (int i = 0; i < names.length; i++) {
      FieldDescriptor field = at.findFieldByName(names[i]);
      boolean last = i == names.length - 1;
      if (field == null || field.isRepeated() || last == isMessage(field)) {
        throw new IllegalArgumentException(
            "{" + path + "} names no field of " + type.getFullName() + " that a text can fill");
      }
      at = last ? at : field.getMessageType();
    }
  }

  /** Fills what the path has. */
  void variable(DynamicMessage.Builder request, String path, String text) {
    try {
      fill(request, path, path.split("\\.", -1), 0, List.of(text));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "type mismatch, parameter: " + path + ", error: " + e.getMessage(), e);
    }
  }

  /** Fills what a query parameter has; nothing happens where it names no field. */
  void parameter(DynamicMessage.Builder request, String name, List<String> values) {
    String[] names = name.split("\\.", MAX_DEPTH + 1);
    if (names.length <= MAX_DEPTH) {
      fill(request, name, names, 0, values);
    }
  }

  private void fill(
      Message.Builder message, String path, String[] names, int at, List<String> values) {
    FieldDescriptor field = Names.field(message.getDescriptorForType(), names[at]);
    if (field == null) {
      return;
    }
    boolean last = at == names.length - 1;
    if (field.isRepeated() ? !last || isMessage(field) : last == needsNames(field)) {
      throw new IllegalArgumentException(
          "field " + Scalars.shown(path) + " can't be a query parameter");
    }
    if (field.isRepeated()) {
      values.forEach(
          text -> message.addRepeatedField(field, Scalars.parse(json.form(field), text)));
    } else if (!last) {
      fill(message.getFieldBuilder(field), path, names, at + 1, values);
    } else {
      if (values.size() > 1 || message.hasField(field)) {
        throw new IllegalArgumentException("parameter " + Scalars.shown(path) + " stands twice");
      }
      message.setField(field, value(field, values.get(0)));
    }
  }

  private Object value(FieldDescriptor field, String text) {
    return isMessage(field)
        ? WellKnown.parse(field.getMessageType(), text)
        : Scalars.parse(json.form(field), text);
  }

  /** Whether a text can't fill a field. */
  private static boolean needsNames(FieldDescriptor field) {
    return isMessage(field) && !WellKnown.isText(field.getMessageType());
  }

  private static boolean isMessage(FieldDescriptor field) {
    return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
  }
}
