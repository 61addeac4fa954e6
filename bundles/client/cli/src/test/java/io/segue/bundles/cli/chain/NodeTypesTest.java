package io.segue.bundles.cli.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.MessageOptions;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.Descriptors.FileDescriptor;
import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.cli.console.Output;
import io.segue.bundles.sdk.DescriptorSets;
import io.segue.bundles.sdk.proto.base.Coin;
import io.segue.bundles.sdk.proto.base.PageRequest;
import io.segue.bundles.sdk.proto.options.Msg;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

public class NodeTypesTest {
  @Test
  void linksFilesInWhateverOrderTheyCome() throws Exception {
    List<FileDescriptorProto> files =
        new ArrayList<>(FileDescriptorSet.parseFrom(DescriptorSets.of(module())).getFileList());
    Collections.reverse(files);
    NodeTypes types = NodeTypes.of(FileDescriptorSet.newBuilder().addAllFile(files).build());
    assertThat(types.message("/foo.v1.MsgNote")).isPresent();
    assertThat(types.files()).hasSize(files.size());
  }

  @Test
  void leavesOpenAnImportThatNobodyHas() throws Exception {
    FileDescriptorProto lonely =
        module().toProto().toBuilder().clearMessageType().clearService().build();
    assertThat(NodeTypes.of(FileDescriptorSet.newBuilder().addFile(lonely).build()).files())
        .hasSize(1);
  }

  @Test
  void saysThatANodeOfAnotherReleaseDoesNotTell() throws Exception {
    try (FakeNode node = new FakeNode()) {
      node.answers(
          "abci_query",
          "{\"response\":{\"code\":6,\"codespace\":\"sdk\",\"log\":\"unknown query path\"}}");
      assertThatThrownBy(() -> NodeTypes.ask(new NodeClient(node.url())))
          .isInstanceOf(CliException.class)
          .hasMessageContaining("does not list its modules (unknown query path)")
          .hasMessageContaining("use the client of its release");
    }
  }

  /** The answer of a node with these files. */
  public static JsonNode answer(FileDescriptor... files) {
    var answer = Output.object();
    answer.putObject("response").put("code", 0).put("value", DescriptorSets.of(files));
    return answer;
  }

  /**
   * A module foo: {@code MsgNote} is signed by its author, {@code MsgSetParams} is governance's,
   * and {@code Notes} asks page by page.
   */
  public static FileDescriptor module() throws Exception {
    return FileDescriptor.buildFrom(
        FileDescriptorProto.newBuilder()
            .setName("foo/v1/foo.proto")
            .setPackage("foo.v1")
            .setSyntax("proto3")
            .addDependency(Coin.getDescriptor().getFile().getName())
            .addDependency(PageRequest.getDescriptor().getFile().getName())
            .addMessageType(
                signed("MsgNote", "author")
                    .addField(field("author", 1, Type.TYPE_STRING))
                    .addField(field("to_address", 2, Type.TYPE_STRING))
                    .addField(field("text", 3, Type.TYPE_STRING))
                    .addField(
                        field("tip", 4, Type.TYPE_MESSAGE)
                            .setTypeName(".cosmos.base.v1beta1.Coin")
                            .setLabel(Label.LABEL_REPEATED))
                    .addField(field("loud", 5, Type.TYPE_BOOL)))
            .addMessageType(
                signed("MsgSetParams", "authority")
                    .addField(field("authority", 1, Type.TYPE_STRING))
                    .addField(field("height", 2, Type.TYPE_UINT64)))
            .addMessageType(
                DescriptorProto.newBuilder()
                    .setName("QueryNotesRequest")
                    .addField(field("author", 1, Type.TYPE_STRING))
                    .addField(
                        field("pagination", 2, Type.TYPE_MESSAGE)
                            .setTypeName(".cosmos.base.query.v1beta1.PageRequest")))
            .addMessageType(
                DescriptorProto.newBuilder()
                    .setName("QueryNotesResponse")
                    .addField(field("texts", 1, Type.TYPE_STRING).setLabel(Label.LABEL_REPEATED)))
            .addService(
                ServiceDescriptorProto.newBuilder()
                    .setName("Query")
                    .addMethod(
                        MethodDescriptorProto.newBuilder()
                            .setName("AllNotes")
                            .setInputType(".foo.v1.QueryNotesRequest")
                            .setOutputType(".foo.v1.QueryNotesResponse")))
            .build(),
        new FileDescriptor[] {
          Coin.getDescriptor().getFile(), PageRequest.getDescriptor().getFile()
        });
  }

  private static DescriptorProto.Builder signed(String name, String signer) {
    return DescriptorProto.newBuilder()
        .setName(name)
        .setOptions(MessageOptions.newBuilder().addExtension(Msg.signer, signer));
  }

  private static FieldDescriptorProto.Builder field(String name, int number, Type type) {
    return FieldDescriptorProto.newBuilder()
        .setName(name)
        .setNumber(number)
        .setType(type)
        .setLabel(Label.LABEL_OPTIONAL);
  }
}
