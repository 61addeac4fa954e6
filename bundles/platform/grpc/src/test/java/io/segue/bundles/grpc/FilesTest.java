package io.segue.bundles.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class FilesTest {
  @Test
  void givesEveryFieldTheNameThatItHasInJson() throws Exception {
    FileDescriptorSet set =
        FileDescriptorSet.newBuilder()
            .addFile(
                FileDescriptorProto.newBuilder()
                    .setName("a.proto")
                    .addMessageType(
                        message("cosmos_sdk_version", "txhash", "_a__b_", "x1_2y")
                            .addNestedType(message("next_key"))))
            .build();
    Files files = new Files(List.of(set.toByteArray()));
    ByteString file = files.file("a.proto", new HashSet<>()).get(0);
    DescriptorProto read = FileDescriptorProto.parseFrom(file).getMessageType(0);
    assertThat(read.getFieldList())
        .extracting(FieldDescriptorProto::getJsonName)
        .containsExactly("cosmosSdkVersion", "txhash", "AB", "x12y");
    assertThat(read.getNestedType(0).getField(0).getJsonName()).isEqualTo("nextKey");
  }

  private static DescriptorProto.Builder message(String... fields) {
    DescriptorProto.Builder message = DescriptorProto.newBuilder().setName("M");
    for (String field : fields) {
      message.addField(FieldDescriptorProto.newBuilder().setName(field));
    }
    return message;
  }
}
