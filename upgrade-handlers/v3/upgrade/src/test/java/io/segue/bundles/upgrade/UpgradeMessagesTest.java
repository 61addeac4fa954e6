package io.segue.bundles.upgrade;

import static io.segue.bundles.upgrade.UpgradeChain.A;
import static io.segue.bundles.upgrade.UpgradeChain.GOV;
import static io.segue.bundles.upgrade.UpgradeChain.cancel;
import static io.segue.bundles.upgrade.UpgradeChain.plan;
import static io.segue.bundles.upgrade.UpgradeChain.schedule;
import static io.segue.bundles.upgrade.UpgradeChain.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.proto.upgrade.MsgCancelUpgrade;
import io.segue.bundles.sdk.proto.upgrade.MsgSoftwareUpgrade;
import io.segue.bundles.sdk.proto.upgrade.MsgUpdateParams;
import io.segue.bundles.sdk.proto.upgrade.Params;
import io.segue.bundles.sdk.proto.upgrade.Plan;
import io.segue.bundles.sdk.proto.upgrade.QueryCurrentPlanRequest;
import io.segue.bundles.sdk.proto.upgrade.QueryCurrentPlanResponse;
import io.segue.bundles.sdk.proto.upgrade.QueryParamsResponse;
import io.segue.kernel.api.abci.Abci.ExecTxResult;
import io.segue.kernel.api.module.MessageHandler;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@SuppressWarnings("deprecation")
class UpgradeMessagesTest {
  private static final String REFUSED = "failed to execute message; message index: 0: ";

  private final UpgradeChain chain = UpgradeChain.started();

  @AfterEach
  void closeChain() {
    chain.close();
  }

  @Test
  void schedulesAPlanAndTellsOfIt() {
    ExecTxResult result = chain.run(schedule(plan("v2", 1000).setInfo("{\"other\":{}}")));
    assertThat(result.code()).isZero();
    assertThat(text(result.events()))
        .containsExactly(
            "upgrade_scheduled{name=v2, height=1000, info={\"other\":{}}, msg_index=0}");
    assertThat(pending().getName()).isEqualTo("v2");
  }

  @Test
  void theEventNamesTheDigestThatAPlanIsBoundTo() {
    String digest = "ab".repeat(32);
    String info = "{\"binaries\":{\"any\":\"https://x.example/a?checksum=sha256:" + digest + "\"}}";
    ExecTxResult result = chain.run(schedule(plan("v2", 1000).setInfo(info)));
    assertThat(text(result.events()))
        .containsExactly(
            "upgrade_scheduled{name=v2, height=1000, info="
                + info
                + ", digest="
                + digest
                + ", msg_index=0}");
  }

  @Test
  void theAuthorityDecidesWhetherUpgradesMayAbort() {
    assertThat(params()).isEqualTo(Params.getDefaultInstance());
    Params wanted = Params.newBuilder().setAllowAbort(true).build();
    chain.succeed(update(GOV).setParams(wanted).build());
    assertThat(params()).isEqualTo(wanted);
    Params more = Params.newBuilder().setAllowAbort(true).setCheckInvariants(true).build();
    chain.succeed(update(GOV).setParams(more).build());
    assertThat(params()).isEqualTo(more);
    chain.succeed(update(GOV).setParams(Params.getDefaultInstance()).build());
    assertThat(params()).isEqualTo(Params.getDefaultInstance());
  }

  @Test
  void nobodyElseDecidesAndNothingIsLeftOpen() {
    ExecTxResult other = chain.run(update(A).setParams(Params.getDefaultInstance()).build());
    assertThat(other.log()).contains("expected " + GOV + " got " + A);
    assertThat(chain.run(update(GOV).build()).log()).contains("params cannot be empty");
  }

  private static MsgUpdateParams.Builder update(String authority) {
    return MsgUpdateParams.newBuilder().setAuthority(authority);
  }

  private Params params() {
    try {
      return QueryParamsResponse.parseFrom(
              chain.chain().query("/segue.upgrade.v1.Query/Params", new byte[0]).value())
          .getParams();
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aNewerPlanReplacesAPendingOne() {
    chain.succeed(schedule(plan("v2", 1000)));
    ExecTxResult result = chain.run(schedule(plan("v3", 900)));
    assertThat(text(result.events()))
        .containsExactly("upgrade_scheduled{name=v3, height=900, info=, replaces=v2, msg_index=0}");
    assertThat(pending().getName()).isEqualTo("v3");
    assertThat(pending().getHeight()).isEqualTo(900);
  }

  @Test
  void cancelsAPendingPlanAndTellsOfIt() {
    chain.succeed(schedule(plan("v2", 1000)));
    ExecTxResult result = chain.run(cancel());
    assertThat(text(result.events()))
        .containsExactly("upgrade_cancelled{name=v2, height=1000, msg_index=0}");
    assertThat(current().hasPlan()).isFalse();
  }

  @Test
  void cancellingNothingSucceedsAndSaysNothing() {
    ExecTxResult result = chain.run(cancel());
    assertThat(result.code()).isZero();
    assertThat(text(result.events())).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("recordedRefusals")
  void refusesOtherAuthoritiesInTheRecordedWords(String recorded, Message message) {
    ExecTxResult result = chain.run(message);
    var expected = Vectors.entry("txs", "case", recorded);
    assertThat(result.codespace()).isEqualTo(Vectors.text(expected, "codespace"));
    assertThat(result.code()).isEqualTo((int) expected.getFieldsOrThrow("code").getNumberValue());
    assertThat(result.log()).isEqualTo(Vectors.text(expected, "log"));
  }

  static Stream<Arguments> recordedRefusals() {
    return Stream.of(
        Arguments.of(
            "MsgSoftwareUpgrade in a tx",
            MsgSoftwareUpgrade.newBuilder().setAuthority(A).setPlan(plan("v2", 1000)).build()),
        Arguments.of(
            "MsgCancelUpgrade in a tx", MsgCancelUpgrade.newBuilder().setAuthority(A).build()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("recordedPlans")
  void judgesPlansInTheRecordedWords(String recorded, Plan.Builder plan) {
    String log =
        Vectors.text(Vectors.entry("proposal_execution", "plan", recorded), "proposal_log");
    ExecTxResult result = chain.run(schedule(plan));
    if (log.equals("passed")) {
      assertThat(result.log()).isEmpty();
      assertThat(current().hasPlan()).isTrue();
    } else {
      String reason = log.substring(log.indexOf("failed on execution: ") + 21);
      assertThat(result.log()).isEqualTo(REFUSED + reason);
      assertThat(result.codespace()).isEqualTo("sdk");
      assertThat(result.code()).isEqualTo(18);
      assertThat(current().hasPlan()).isFalse();
    }
  }

  static Stream<Arguments> recordedPlans() {
    return Stream.of(
        Arguments.of("time present", plan("v2", 1000).setTime(time(1))),
        Arguments.of("time present", plan("v2", 1000).setTime(time(-62_135_596_799L))),
        Arguments.of("time absent", plan("v2", 1000)),
        Arguments.of("time absent", plan("v2", 1000).setTime(PlanForm.NO_TIME)),
        Arguments.of("height 0 or negative", plan("v2", 0)),
        Arguments.of("height 0 or negative", plan("v2", -1)),
        Arguments.of("empty name", plan("", 1000)),
        Arguments.of(
            "upgraded_client_state",
            plan("v2", 1000).setUpgradedClientState(Any.getDefaultInstance())));
  }

  @Test
  void takesAPresentButEmptyTimeForAbsentAsCosmJsSendsIt() {
    chain.succeed(schedule(plan("v2", 1000).setTime(Timestamp.getDefaultInstance())));
    assertThat(pending().getTime()).isEqualTo(PlanForm.NO_TIME);
  }

  @Test
  void refusesAHeightThatHasPassedAndOneThatIsTooNear() {
    chain.chain().block();
    assertThat(chain.run(schedule(plan("v2", 2))).log())
        .isEqualTo(REFUSED + "upgrade cannot be scheduled in the past: invalid request");
    assertThat(chain.run(schedule(plan("v2", 13))).log())
        .isEqualTo(
            REFUSED
                + "plan v2 at height 13 leaves operators too little time; the earliest height is"
                + " 14: invalid request");
    chain.succeed(schedule(plan("v2", 15)));
  }

  @Test
  void refusesAnInfoThatNamesBytesWithoutAChecksum() {
    assertThat(
            chain
                .run(
                    schedule(
                        plan("v2", 1000)
                            .setInfo("{\"binaries\":{\"any\":\"https://x.example/a.zip\"}}")))
                .code())
        .isEqualTo(18);
  }

  @Test
  void refusesAPlanWithoutAnything() {
    MsgSoftwareUpgrade empty = MsgSoftwareUpgrade.newBuilder().setAuthority(GOV).build();
    assertThat(chain.run(empty).log()).isEqualTo(REFUSED + "name cannot be empty: invalid request");
  }

  @Test
  void theAuthorityIsTheSignerWhateverThePrefix() {
    for (String prefix : List.of("cosmos", "upg")) {
      String gov = Vectors.govAddress(prefix);
      Map<String, MessageHandler> messages = new UpgradeModule(new Addresses(prefix)).messages();
      byte[] message = MsgCancelUpgrade.newBuilder().setAuthority(gov).build().toByteArray();
      MessageHandler cancel =
          Objects.requireNonNull(messages.get("/cosmos.upgrade.v1beta1.MsgCancelUpgrade"));
      assertThat(cancel.signers(message)).containsExactly(Addresses.module("gov"));
    }
  }

  private Plan pending() {
    return current().getPlan();
  }

  private QueryCurrentPlanResponse current() {
    return chain.ask(
        "CurrentPlan",
        QueryCurrentPlanRequest.getDefaultInstance(),
        QueryCurrentPlanResponse.parser());
  }

  private static Timestamp time(long seconds) {
    return Timestamp.newBuilder().setSeconds(seconds).build();
  }
}
