package io.segue.bundles.auth.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import io.segue.kernel.api.module.Descriptors;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class WireTypesTest {
  private final Map<String, byte[]> modules =
      new TreeMap<>(Map.of("old", described(1), "owner", described(2)));

  @Test
  void takeTheOwnersDescriptionOfAType() {
    WireType type = find("/test.Msg", Optional.of("owner"));
    assertThat(type.field(2)).isNotNull();
    assertThat(type.field(1)).isNull();
  }

  @Test
  void takeTheFirstDescriptionOfATypeWithoutOwner() {
    assertThat(find("/test.Msg", Optional.empty()).field(1)).isNotNull();
  }

  @Test
  void knowNestedTypesAndFieldsOfHighNumbers() {
    WireType nested = find("/test.Msg.Inner", Optional.empty());
    assertThat(nested.name()).isEqualTo("test.Msg.Inner");
    assertThat(Objects.requireNonNull(nested.field(1023)).number()).isEqualTo(1023);
    assertThat(nested.field(0)).isNull();
    assertThat(nested.field(-1)).isNull();
  }

  private WireType find(String typeUrl, Optional<String> owner) {
    return Objects.requireNonNull(WireTypes.of(new Fixed(modules, owner)).find(typeUrl));
  }

  private static byte[] described(int field) {
    DescriptorProto inner =
        DescriptorProto.newBuilder().setName("Inner").addField(text(1023)).build();
    DescriptorProto message =
        DescriptorProto.newBuilder()
            .setName("Msg")
            .addField(text(field))
            .addNestedType(inner)
            .build();
    return FileDescriptorSet.newBuilder()
        .addFile(
            FileDescriptorProto.newBuilder()
                .setName("test.proto")
                .setPackage("test")
                .addMessageType(message))
        .build()
        .toByteArray();
  }

  private static FieldDescriptorProto text(int number) {
    return FieldDescriptorProto.newBuilder()
        .setName("f" + number)
        .setNumber(number)
        .setType(FieldDescriptorProto.Type.TYPE_STRING)
        .setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL)
        .build();
  }

  private record Fixed(Map<String, byte[]> modules, Optional<String> owner) implements Descriptors {
    @Override
    public List<byte[]> all() {
      return List.copyOf(modules.values());
    }

    @Override
    public byte[] of(String module) {
      return Objects.requireNonNull(modules.get(module));
    }

    @Override
    public boolean routable(String typeUrl) {
      return true;
    }

    @Override
    public <T> T derive(Class<T> type, Supplier<T> compute) {
      return compute.get();
    }

    @Override
    public Optional<String> owner(String typeUrl) {
      return owner;
    }
  }
}
