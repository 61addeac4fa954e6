package io.segue.bundles.sdk.service;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MessageOptions;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.SdkErrors;
import io.segue.bundles.sdk.proto.auth.AuthInternalProto;
import io.segue.bundles.sdk.proto.auth.MsgEnsureAccount;
import io.segue.bundles.sdk.proto.auth.MsgEnsureAccountResponse;
import io.segue.bundles.sdk.proto.auth.MsgEnsureModuleAccount;
import io.segue.bundles.sdk.proto.auth.MsgEnsureModuleAccountResponse;
import io.segue.bundles.sdk.proto.auth.QueryHasAccountRequest;
import io.segue.bundles.sdk.proto.bank.BankTxProto;
import io.segue.bundles.sdk.proto.bank.MsgMultiSend;
import io.segue.bundles.sdk.proto.bank.MsgSend;
import io.segue.bundles.sdk.proto.options.Msg;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What does not fit together is refused when a module is made, by name. */
class MisfitsTest {
  private static final Addresses ADDRESSES = new Addresses(Addresses.DEFAULT_PREFIX);

  private final Services.Builder auth = Services.of(ADDRESSES, AuthInternalProto.getDescriptor());
  private final Services.Builder bank = Services.of(ADDRESSES, BankTxProto.getDescriptor());

  @Test
  void aMethodWithoutAHandler() {
    auth.internal(MsgEnsureModuleAccount.getDefaultInstance()).handle((context, message) -> {});

    assertRefused(
        auth::build,
        "no handler for segue.auth.v1.Msg.EnsureAccount, segue.auth.v1.Query.HasAccount:"
            + " add one for each method");
  }

  @Test
  void aHandlerWithoutAMethod() {
    assertRefused(
        () -> auth.message(MsgSend.getDefaultInstance()),
        "no method of a service of messages takes cosmos.bank.v1beta1.MsgSend: add it to the .proto"
            + " file, and the file's descriptor to Services.of");
    assertRefused(
        () ->
            auth.query(
                MsgEnsureAccount.getDefaultInstance(),
                MsgEnsureAccountResponse.getDefaultInstance(),
                (context, request) -> MsgEnsureAccountResponse.getDefaultInstance()),
        "no method of a service of queries takes segue.auth.v1.MsgEnsureAccount: add it to the"
            + " .proto file, and the file's descriptor to Services.of");
  }

  @Test
  void twoHandlersOfAMethod() {
    bank.message(MsgSend.getDefaultInstance()).handle((context, message) -> {});

    assertRefused(
        () -> bank.message(MsgSend.getDefaultInstance()).handle((context, message) -> {}),
        "cosmos.bank.v1beta1.Msg.Send has two handlers: remove one");
  }

  @Test
  void aResponseOfAnotherType() {
    assertRefused(
        () ->
            auth.internal(MsgEnsureAccount.getDefaultInstance())
                .answer(
                    MsgEnsureModuleAccountResponse.getDefaultInstance(),
                    (context, message) -> MsgEnsureModuleAccountResponse.getDefaultInstance()),
        "segue.auth.v1.Msg.EnsureAccount returns segue.auth.v1.MsgEnsureAccountResponse, its"
            + " handler segue.auth.v1.MsgEnsureModuleAccountResponse");
    assertRefused(
        () ->
            auth.internalQuery(
                QueryHasAccountRequest.getDefaultInstance(),
                MsgEnsureAccountResponse.getDefaultInstance(),
                (context, request) -> MsgEnsureAccountResponse.getDefaultInstance()),
        "segue.auth.v1.Query.HasAccount returns segue.auth.v1.QueryHasAccountResponse, its handler"
            + " segue.auth.v1.MsgEnsureAccountResponse");
  }

  @Test
  void noResponseWhereThereIsOne() {
    assertRefused(
        () -> auth.internal(MsgEnsureAccount.getDefaultInstance()).handle((context, message) -> {}),
        "segue.auth.v1.Msg.EnsureAccount returns segue.auth.v1.MsgEnsureAccountResponse, which has"
            + " fields: give its handler with answer instead of handle");
  }

  @Test
  void aMessageThatNobodySigns() {
    assertRefused(
        () -> auth.message(MsgEnsureAccount.getDefaultInstance()),
        "segue.auth.v1.MsgEnsureAccount does not say who signs: give it the option"
            + " cosmos.msg.v1.signer, or make it internal where only modules send it");
  }

  @Test
  void anInternalMessageThatSomebodySigns() {
    assertRefused(
        () -> bank.internal(MsgSend.getDefaultInstance()),
        "cosmos.bank.v1beta1.MsgSend has the option cosmos.msg.v1.signer, but nobody signs what"
            + " only modules send: remove the option, or make it a message");
    assertRefused(
        () -> auth.internal(MsgEnsureAccount.getDefaultInstance()).signedBy(message -> List.of()),
        "segue.auth.v1.Msg.EnsureAccount is internal, so nobody signs it: remove signedBy, or make"
            + " it a message");
  }

  @Test
  void aGovernedMessageThatDoesNotNameItsAuthority() {
    assertRefused(
        () -> bank.governed(MsgMultiSend.getDefaultInstance()),
        "cosmos.bank.v1beta1.MsgMultiSend is for governance alone, so its option"
            + " cosmos.msg.v1.signer must name one text field that is not repeated");
  }

  @Test
  void wordsForOthersThanGovernanceWhereAnybodySigns() {
    assertRefused(
        () ->
            bank.message(MsgSend.getDefaultInstance())
                .refuseOthers((expected, named) -> SdkErrors.unauthorized(named)),
        "cosmos.bank.v1beta1.Msg.Send is not for governance: remove refuseOthers, or make it"
            + " governed");
  }

  @Test
  void aSignerThatIsNoField() throws Exception {
    FileDescriptor file = file(method("Do", "MsgDo", "MsgDoResponse"));

    assertRefused(
        () -> Services.of(ADDRESSES, file).message(type(file, "MsgDo")),
        "test.v1.MsgDo names \"nobody\" in its option cosmos.msg.v1.signer, which is no field with"
            + " text or a message");
  }

  @Test
  void aResponseThatIsNotNamedAfterItsMessage() throws Exception {
    FileDescriptor file = file(method("Do", "MsgDo", "MsgOther"));

    assertRefused(
        () -> Services.of(ADDRESSES, file).message(type(file, "MsgDo")),
        "test.v1.Msg.Do returns test.v1.MsgOther, but the response of a message is named after it:"
            + " test.v1.MsgDoResponse");
  }

  @Test
  void aMessageOfTwoMethods() throws Exception {
    FileDescriptor file =
        file(method("Do", "MsgDo", "MsgDoResponse"), method("Again", "MsgDo", "MsgDoResponse"));

    assertRefused(
        () -> Services.of(ADDRESSES, file).message(type(file, "MsgDo")),
        "test.v1.MsgDo is what [test.v1.Msg.Do, test.v1.Msg.Again] take: give each method a type of"
            + " its own");
  }

  private static FileDescriptor file(MethodDescriptorProto... methods) throws Exception {
    ServiceDescriptorProto.Builder service = ServiceDescriptorProto.newBuilder().setName("Msg");
    List.of(methods).forEach(service::addMethod);
    FileDescriptorProto file =
        FileDescriptorProto.newBuilder()
            .setName("test.proto")
            .setPackage("test.v1")
            .addMessageType(
                DescriptorProto.newBuilder()
                    .setName("MsgDo")
                    .addField(
                        FieldDescriptorProto.newBuilder()
                            .setName("somebody")
                            .setNumber(1)
                            .setType(FieldDescriptorProto.Type.TYPE_STRING)
                            .setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL))
                    .setOptions(MessageOptions.newBuilder().addExtension(Msg.signer, "nobody")))
            .addMessageType(DescriptorProto.newBuilder().setName("MsgDoResponse"))
            .addMessageType(DescriptorProto.newBuilder().setName("MsgOther"))
            .addService(service)
            .build();
    return FileDescriptor.buildFrom(file, new FileDescriptor[0]);
  }

  private static MethodDescriptorProto method(String name, String request, String response) {
    return MethodDescriptorProto.newBuilder()
        .setName(name)
        .setInputType(request)
        .setOutputType(response)
        .build();
  }

  private static DynamicMessage type(FileDescriptor file, String name) {
    return DynamicMessage.getDefaultInstance(file.findMessageTypeByName(name));
  }

  private static void assertRefused(ThrowingCallable work, String reason) {
    assertThatThrownBy(work).isInstanceOf(IllegalArgumentException.class).hasMessage(reason);
  }
}
