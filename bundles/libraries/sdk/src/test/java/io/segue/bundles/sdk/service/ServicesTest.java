package io.segue.bundles.sdk.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.SdkErrors;
import io.segue.bundles.sdk.proto.auth.AuthInternalProto;
import io.segue.bundles.sdk.proto.auth.MsgEnsureAccount;
import io.segue.bundles.sdk.proto.auth.MsgEnsureAccountResponse;
import io.segue.bundles.sdk.proto.auth.MsgEnsureModuleAccount;
import io.segue.bundles.sdk.proto.auth.QueryHasAccountRequest;
import io.segue.bundles.sdk.proto.auth.QueryHasAccountResponse;
import io.segue.bundles.sdk.proto.bank.BankTxProto;
import io.segue.bundles.sdk.proto.bank.Input;
import io.segue.bundles.sdk.proto.bank.MsgMultiSend;
import io.segue.bundles.sdk.proto.bank.MsgSend;
import io.segue.bundles.sdk.proto.bank.MsgSetSendEnabled;
import io.segue.bundles.sdk.proto.bank.MsgUpdateParams;
import io.segue.bundles.sdk.proto.staking.MsgEditValidator;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.MessageHandler;
import io.segue.kernel.api.module.ModuleException;
import io.segue.kernel.api.module.QueryHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ServicesTest {
  private static final Context CONTEXT = NoContext.make();
  private static final Addresses ADDRESSES = new Addresses(Addresses.DEFAULT_PREFIX);
  private static final byte[] ALICE = new byte[20];
  private static final byte[] BOB = Addresses.module("bob");
  private static final byte[] GOVERNANCE = Addresses.module("gov");

  private final List<Message> seen = new ArrayList<>();

  @Test
  void takesTypesPathsAndDescriptorsFromTheFiles() throws Exception {
    Services auth = auth().build();

    assertThat(auth.messages())
        .containsOnlyKeys(
            "/segue.auth.v1.MsgEnsureAccount", "/segue.auth.v1.MsgEnsureModuleAccount");
    assertThat(auth.queries()).containsOnlyKeys("/segue.auth.v1.Query/HasAccount");
    assertThat(FileDescriptorSet.parseFrom(auth.descriptors()).getFileList())
        .extracting(file -> file.getName())
        .endsWith("segue/auth/v1/internal.proto");
  }

  @Test
  void handsAMessageToItsMethodAndItsResponseBack() {
    MessageHandler handler = handler(auth().build(), "/segue.auth.v1.MsgEnsureAccount");
    MsgEnsureAccount message =
        MsgEnsureAccount.newBuilder().setAddress(ByteString.copyFrom(ALICE)).build();

    assertThat(handler.internal()).isTrue();
    assertThat(handler.signers(message.toByteArray())).isEmpty();
    assertThat(handler.handle(CONTEXT, message.toByteArray()))
        .isEqualTo(MsgEnsureAccountResponse.newBuilder().setCreated(true).build().toByteArray());
    assertThat(seen).containsExactly(message);
  }

  @Test
  void parsesAMessageOnceForSignersCheckAndHandling() {
    MessageHandler send = handler(bank().build(), "/cosmos.bank.v1beta1.MsgSend");
    MsgSend message = MsgSend.newBuilder().setFromAddress(ADDRESSES.account(ALICE)).build();

    MessageHandler.Parsed parsed = send.parse(message.toByteArray());
    assertThat(parsed.signers()).containsExactly(ALICE);
    parsed.validate(CONTEXT);
    assertThat(parsed.handle(CONTEXT)).isEmpty();

    assertThat(seen).hasSize(2);
    assertThat(seen.get(0)).isSameAs(seen.get(1)).isEqualTo(message);
  }

  @Test
  void dropsFieldsThatTheTypeDoesNotHave() {
    MsgSend known = MsgSend.newBuilder().setToAddress("bob").build();
    byte[] withMore =
        known.toBuilder()
            .setUnknownFields(
                UnknownFieldSet.newBuilder()
                    .addField(77, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                    .build())
            .build()
            .toByteArray();

    handler(bank().build(), "/cosmos.bank.v1beta1.MsgSend").parse(withMore).handle(CONTEXT);

    assertThat(seen).containsExactly(known);
  }

  @Test
  void refusesBytesThatAreNoMessageOrTooLargeForOne() throws Exception {
    MessageHandler send = handler(bank().build(), "/cosmos.bank.v1beta1.MsgSend");

    assertRefused(() -> send.parse(new byte[] {1}), "sdk", 2);
    byte[] fits = memo(100);
    assertThat(send.parse(fits)).isNotNull();
    assertThatThrownBy(() -> send.parse(memo(101)))
        .hasMessageContaining("messages of this type have at most 100");
    assertRefused(() -> send.parse(memo(101)), "sdk", 18);
  }

  @Test
  void limitsAMessageThatDoesNotSayHowLargeItIs() throws Exception {
    MessageHandler update = handler(bank().build(), "/cosmos.bank.v1beta1.MsgUpdateParams");

    assertThat(update.parse(memo(MessageRoute.MAX_BYTES))).isNotNull();
    assertRefused(() -> update.parse(memo(MessageRoute.MAX_BYTES + 1)), "sdk", 18);
  }

  @Test
  void findsSignersWithinRepeatedMessagesEachOnce() {
    MessageHandler multiSend = handler(bank().build(), "/cosmos.bank.v1beta1.MsgMultiSend");
    byte[] message =
        MsgMultiSend.newBuilder()
            .addInputs(Input.newBuilder().setAddress(ADDRESSES.account(BOB)))
            .addInputs(Input.newBuilder().setAddress(ADDRESSES.account(ALICE)))
            .addInputs(Input.newBuilder().setAddress(ADDRESSES.account(BOB)))
            .build()
            .toByteArray();

    assertThat(multiSend.signers(message)).containsExactly(BOB, ALICE);
  }

  @Test
  void refusesASignerThatIsNoAddress() {
    MessageHandler send = handler(bank().build(), "/cosmos.bank.v1beta1.MsgSend");
    byte[] message = MsgSend.newBuilder().setFromAddress("alice").build().toByteArray();

    assertRefused(() -> send.signers(message), "undefined", 1);
  }

  @Test
  void findsTheAccountOfAnOperatorWhereTheFieldSaysThatItHasOne() {
    Function<MsgEditValidator, List<byte[]>> signers =
        Signers.of(ADDRESSES, MsgEditValidator.getDefaultInstance());
    MsgEditValidator.Builder edit = MsgEditValidator.newBuilder();

    assertThat(signers.apply(edit.setValidatorAddress(ADDRESSES.operator(BOB)).build()))
        .containsExactly(BOB);
    assertRefused(
        () -> signers.apply(edit.setValidatorAddress(ADDRESSES.account(BOB)).build()),
        "undefined",
        1);
  }

  @Test
  void letsAModuleSayWhoSigns() {
    Services services =
        Services.of(ADDRESSES, BankTxProto.getDescriptor())
            .message(MsgSend.getDefaultInstance())
            .signedBy(message -> List.of(BOB))
            .handle(this::see)
            .message(MsgMultiSend.getDefaultInstance())
            .handle(this::see)
            .message(MsgUpdateParams.getDefaultInstance())
            .handle(this::see)
            .message(MsgSetSendEnabled.getDefaultInstance())
            .handle(this::see)
            .build();

    assertThat(handler(services, "/cosmos.bank.v1beta1.MsgSend").signers(new byte[0]))
        .containsExactly(BOB);
  }

  @Test
  void governanceAloneSendsWhatIsGoverned() {
    MessageHandler update = handler(bank().build(), "/cosmos.bank.v1beta1.MsgUpdateParams");

    assertThat(update.signers(authority(GOVERNANCE))).containsExactly(GOVERNANCE);
    update.validate(CONTEXT, authority(GOVERNANCE));
    assertThat(seen).hasSize(1);
    assertThatThrownBy(() -> update.validate(CONTEXT, authority(ALICE)))
        .hasMessage(
            "invalid authority; expected "
                + ADDRESSES.account(GOVERNANCE)
                + ", got "
                + ADDRESSES.account(ALICE)
                + ": expected gov account as only signer for proposal message");
    assertRefused(() -> update.validate(CONTEXT, authority(ALICE)), "gov", 13);
    assertThat(seen).hasSize(1);
  }

  @Test
  void aModuleWordsWhoIsNotGovernance() {
    MessageHandler set = handler(bank().build(), "/cosmos.bank.v1beta1.MsgSetSendEnabled");

    assertRefused(() -> set.validate(CONTEXT, authority(ALICE)), "sdk", 4);
  }

  @Test
  void answersQueriesAndRefusesRequestsThatAreNone() {
    QueryHandler query =
        Objects.requireNonNull(auth().build().queries().get("/segue.auth.v1.Query/HasAccount"));

    assertThat(query.internal()).isTrue();
    assertThat(query.query(CONTEXT, new byte[0]))
        .isEqualTo(QueryHasAccountResponse.newBuilder().setExists(true).build().toByteArray());
    assertThatThrownBy(() -> query.query(CONTEXT, new byte[] {1}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private Services.Builder auth() {
    return Services.of(ADDRESSES, AuthInternalProto.getDescriptor())
        .internal(MsgEnsureAccount.getDefaultInstance())
        .answer(MsgEnsureAccountResponse.getDefaultInstance(), this::ensure)
        .internal(MsgEnsureModuleAccount.getDefaultInstance())
        .handle(this::see)
        .internalQuery(
            QueryHasAccountRequest.getDefaultInstance(),
            QueryHasAccountResponse.getDefaultInstance(),
            (context, request) -> QueryHasAccountResponse.newBuilder().setExists(true).build());
  }

  private Services.Builder bank() {
    return Services.of(ADDRESSES, BankTxProto.getDescriptor())
        .message(MsgSend.getDefaultInstance())
        .maxBytes(100)
        .check(this::see)
        .handle(this::see)
        .message(MsgMultiSend.getDefaultInstance())
        .handle(this::see)
        .governed(MsgUpdateParams.getDefaultInstance())
        .check(this::see)
        .handle(this::see)
        .governed(MsgSetSendEnabled.getDefaultInstance())
        .refuseOthers((expected, named) -> SdkErrors.unauthorized(named))
        .handle(this::see);
  }

  private MsgEnsureAccountResponse ensure(Context context, MsgEnsureAccount message) {
    see(context, message);
    return MsgEnsureAccountResponse.newBuilder().setCreated(true).build();
  }

  private void see(Context context, Message message) {
    seen.add(message);
  }

  private static MessageHandler handler(Services services, String typeUrl) {
    return Objects.requireNonNull(services.messages().get(typeUrl));
  }

  private static byte[] authority(byte[] address) {
    return MsgUpdateParams.newBuilder()
        .setAuthority(ADDRESSES.account(address))
        .build()
        .toByteArray();
  }

  /** A message with one text, so long that it has this many bytes. */
  private static byte[] memo(int bytes) throws Exception {
    int text = bytes - 1 - CodedOutputStream.computeUInt32SizeNoTag(bytes - 4);
    byte[] message = MsgSend.newBuilder().setFromAddress("x".repeat(text)).build().toByteArray();
    assertThat(message).hasSize(bytes);
    return message;
  }

  private static void assertRefused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable work, String codespace, int code) {
    assertThatThrownBy(work)
        .isInstanceOfSatisfying(
            ModuleException.class,
            refusal -> {
              assertThat(refusal.codespace()).isEqualTo(codespace);
              assertThat(refusal.code()).isEqualTo(code);
            });
  }
}
