package io.segue.kernel.testkit.modules;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.UnknownFieldSet;
import io.segue.kernel.api.module.Module;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Messages of any type by a seed, from the types' descriptors alone: some such as users send them,
 * others with extreme numbers, odd texts, fields that nobody knows. Equal seeds give equal
 * messages. One thread.
 */
public final class RandomMessages {
  private static final int MAX_DEPTH = 5;
  private static final int MAX_REPEATED = 3;

  /** A number whose bit 11 is set, which a transaction's body tolerates. */
  private static final int NON_CRITICAL_FIELD = 1024;

  private static final String ANY = "google.protobuf.Any";
  private static final long[] EXTREMES = {
    0,
    1,
    -1,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    1_000_000_000,
    315_576_000_000L,
    315_576_000_001L,
    1_000_000_000_000_000L
  };
  private static final List<String> ODD_TEXTS =
      List.of(
          "",
          " ",
          "0",
          "-0",
          "007",
          "1.0",
          "-1",
          "1e3",
          "99999999999999999999999999999999999999999999999999",
          "\u0000\u001b[31m",
          "\"\\/\b\f\n\r\t",
          "\u2028\u2029\ufeff<>&'",
          "\ud83d\ude80 é",
          "{\"@type\":\"/a.B\"}");

  private final Map<String, Descriptor> types = new LinkedHashMap<>();
  private final Map<Pattern, List<String>> words = new LinkedHashMap<>();
  private final Random random;
  private final Map<Pattern, List<String>> held = new LinkedHashMap<>();
  private boolean odd;

  /**
   * @param words what texts of users say, by a regular expression of the field's full name; the
   *     first that matches counts
   */
  public RandomMessages(
      Collection<FileDescriptor> files, Map<String, List<String>> words, long seed) {
    for (FileDescriptor file : files) {
      file.getMessageTypes().forEach(type -> types.put(type.getFullName(), type));
    }
    words.forEach((name, texts) -> this.words.put(Pattern.compile(name), texts));
    this.random = new Random(seed);
  }

  /** The type URLs of all messages that transactions may send to modules, sorted. */
  public static List<String> sendable(Collection<Module> modules) {
    List<String> types = new ArrayList<>();
    for (Module module : modules) {
      module
          .messages()
          .forEach(
              (typeUrl, handler) -> {
                if (!handler.internal()) {
                  types.add(typeUrl);
                }
              });
    }
    return types.stream().sorted().toList();
  }

  /** Says which types an Any holds, by a regular expression of its field's full name. */
  public RandomMessages holding(String field, List<String> typeUrls) {
    held.put(Pattern.compile(field), List.copyOf(typeUrls));
    return this;
  }

  /** One of several. */
  public <T> T pick(List<T> several) {
    return several.get(random.nextInt(several.size()));
  }

  /** A message of a type. */
  public DynamicMessage next(String typeUrl) {
    odd = random.nextInt(4) == 0;
    return message(type(typeUrl), 1);
  }

  private Descriptor type(String typeUrl) {
    Descriptor type = types.get(typeUrl.substring(1));
    if (type == null) {
      throw new IllegalArgumentException("no descriptor of " + typeUrl);
    }
    return type;
  }

  private DynamicMessage message(Descriptor type, int depth) {
    DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
    for (FieldDescriptor field : type.getFields()) {
      boolean nested = field.getJavaType() == JavaType.MESSAGE;
      if (nested && depth >= MAX_DEPTH || field.getOptions().getDeprecated() && !odd) {
        continue;
      }
      if (field.isRepeated()) {
        for (int i = odd ? random.nextInt(MAX_REPEATED + 1) : 1; i > 0; i--) {
          message.addRepeatedField(field, value(field, depth));
        }
      } else if (!odd || random.nextInt(5) != 0) {
        message.setField(field, value(field, depth));
      }
    }
    if (random.nextInt(8) == 0) {
      message.setUnknownFields(unknown());
    }
    return message.build();
  }

  private DynamicMessage any(FieldDescriptor field, int depth) {
    Descriptor type = field.getMessageType();
    DynamicMessage.Builder any = DynamicMessage.newBuilder(type);
    List<String> typeUrls = find(held, field);
    if (typeUrls != null) {
      String typeUrl = pick(typeUrls);
      any.setField(type.findFieldByName("type_url"), typeUrl);
      any.setField(type.findFieldByName("value"), message(type(typeUrl), depth + 1).toByteString());
    }
    return any.build();
  }

  private UnknownFieldSet unknown() {
    return UnknownFieldSet.newBuilder()
        .addField(
            NON_CRITICAL_FIELD,
            UnknownFieldSet.Field.newBuilder().addLengthDelimited(bytes(200)).build())
        .build();
  }

  private Object value(FieldDescriptor field, int depth) {
    return switch (field.getJavaType()) {
      case MESSAGE ->
          field.getMessageType().getFullName().equals(ANY)
              ? any(field, depth)
              : message(field.getMessageType(), depth + 1);
      case STRING -> text(field);
      case BYTE_STRING -> bytes(40);
      case BOOLEAN -> random.nextBoolean();
      case ENUM -> {
        int most = field.getEnumType().getValues().size();
        yield field.getEnumType().findValueByNumberCreatingIfUnknown(random.nextInt(most + 1));
      }
      case INT -> (int) number();
      case LONG -> number();
      case FLOAT -> random.nextFloat();
      case DOUBLE -> random.nextDouble();
    };
  }

  private long number() {
    return odd && random.nextInt(3) == 0
        ? EXTREMES[random.nextInt(EXTREMES.length)]
        : 1 + random.nextInt(random.nextBoolean() ? 4 : 1_000);
  }

  private String text(FieldDescriptor field) {
    List<String> usual = find(words, field);
    return usual == null || odd && random.nextInt(3) == 0 ? pick(ODD_TEXTS) : pick(usual);
  }

  private static @Nullable List<String> find(
      Map<Pattern, List<String>> byName, FieldDescriptor field) {
    for (Map.Entry<Pattern, List<String>> entry : byName.entrySet()) {
      if (entry.getKey().matcher(field.getFullName()).find()) {
        return entry.getValue();
      }
    }
    return null;
  }

  private ByteString bytes(int most) {
    byte[] bytes = new byte[random.nextInt(most)];
    random.nextBytes(bytes);
    return ByteString.copyFrom(bytes);
  }
}
