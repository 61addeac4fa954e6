package io.segue.bundles.descriptors;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import org.jspecify.annotations.Nullable;

/** Finds fields as clients name them. */
final class Names {
  private Names() {}

  /** The field of the original name or of the one in camel case; null where there is none. */
  static @Nullable FieldDescriptor field(Descriptor type, String name) {
    FieldDescriptor original = type.findFieldByName(name);
    if (original != null) {
      return original;
    }
    for (FieldDescriptor field : type.getFields()) {
      if (field.getJsonName().equals(name)) {
        return field;
      }
    }
    return null;
  }
}
