package io.segue.bundles.gov;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import io.segue.bundles.gov.state.OpaqueMessages;
import io.segue.bundles.sdk.proto.gov.MsgExecLegacyContent;
import io.segue.bundles.sdk.proto.gov.Proposal;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever messages a proposal has, it is exported, and comes back byte by byte. */
class OpaqueMessagesTest {
  private static final OpaqueMessages MESSAGES = new OpaqueMessages(GovChain.json());

  static Stream<Any> unprintable() {
    return Stream.of(
        legacy(GovChain.pack(Duration.newBuilder().setSeconds(1_000_000_000_000_000L).build())),
        legacy(GovChain.pack(Duration.newBuilder().setSeconds(1).setNanos(-1).build())),
        legacy(GovChain.pack(Timestamp.newBuilder().setSeconds(Long.MAX_VALUE).build())),
        GovChain.pack(Duration.newBuilder().setSeconds(Long.MIN_VALUE).build()),
        legacy(Any.newBuilder().setTypeUrl("/nobody.knows.It").build()),
        legacy(Any.newBuilder().setTypeUrl("no slash").build()),
        legacy(Any.getDefaultInstance()),
        nested(12_000),
        legacy(nested(OpaqueMessages.MAX_DEPTH)));
  }

  @ParameterizedTest
  @MethodSource("unprintable")
  void whatJsonHasNoFormForIsExportedAsBytes(Any message) {
    Proposal proposal = Proposal.newBuilder().setId(1).addMessages(message).build();
    Proposal hidden = MESSAGES.hidden(proposal);
    assertThat(GovChain.json().print(hidden)).isNotEmpty();
    assertThat(OpaqueMessages.shown(hidden)).isEqualTo(proposal);
  }

  @Test
  void whatJsonCanCarryIsShown() {
    Proposal proposal =
        Proposal.newBuilder()
            .addMessages(GovChain.pack(GovChain.upgradeTo("v2", 1)))
            .addMessages(legacy(nested(5)))
            .build();
    assertThat(MESSAGES.hidden(proposal)).isEqualTo(proposal);
  }

  @Test
  void randomMessagesComeBack() {
    Random random = new Random(7);
    for (int i = 0; i < 500; i++) {
      Any message = random(random);
      Proposal proposal = Proposal.newBuilder().setId(i + 1).addMessages(message).build();
      Proposal hidden = MESSAGES.hidden(proposal);
      String json = GovChain.json().print(hidden);
      Proposal read = GovChain.json().parse("gov", json, Proposal.newBuilder()).build();
      assertThat(OpaqueMessages.shown(read)).isEqualTo(proposal);
    }
  }

  /** A message of a type that is known, of random bytes or with random bytes in it. */
  private static Any random(Random random) {
    byte[] bytes = new byte[random.nextInt(40)];
    random.nextBytes(bytes);
    ByteString value = ByteString.copyFrom(bytes);
    return switch (random.nextInt(4)) {
      case 0 -> legacy(Any.newBuilder().setTypeUrl("/google.protobuf.Any").setValue(value).build());
      case 1 ->
          legacy(Any.newBuilder().setTypeUrl("/google.protobuf.Duration").setValue(value).build());
      case 2 -> GovChain.pack(GovChain.upgradeTo(value.toStringUtf8(), random.nextLong()));
      default ->
          Any.newBuilder().setTypeUrl("/cosmos.gov.v1.MsgUpdateParams").setValue(value).build();
    };
  }

  private static Any legacy(Any content) {
    return GovChain.pack(MsgExecLegacyContent.newBuilder().setContent(content).build());
  }

  private static Any nested(int levels) {
    Any nested = GovChain.pack(GovChain.upgradeTo("v2", 1));
    for (int i = 0; i < levels; i++) {
      nested = GovChain.pack(nested);
    }
    return nested;
  }
}
