package io.segue.bundles.descriptors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** JSON that anybody may send: it is refused, or is the same when it is written and read again. */
class CosmosJsonFuzzTest {
  private static final Types TYPES = SdkTypes.types();
  private static final List<Descriptor> ROOTS =
      Stream.of(
              "/cosmos.tx.v1beta1.Tx",
              "/cosmos.gov.v1.MsgSubmitProposal",
              "/cosmos.staking.v1beta1.Validator",
              "/cosmos.auth.v1beta1.BaseAccount")
          .map(url -> TYPES.message(url).orElseThrow())
          .toList();

  /** The first byte says by its last digit which message it is. */
  @FuzzTest
  void readsOrRefusesJson(byte[] input) {
    if (input.length == 0) {
      return;
    }
    Descriptor type = ROOTS.get(input[0] & 3);
    DynamicMessage read;
    try {
      read = TYPES.json().parse(type, Arrays.copyOfRange(input, 1, input.length));
    } catch (IllegalArgumentException refused) {
      assertThat(refused).hasMessageMatching("(?s).+");
      return;
    }
    byte[] printed = TYPES.json().print(read);
    assertThat(new String(TYPES.json().print(TYPES.json().parse(type, printed)), UTF_8))
        .isEqualTo(new String(printed, UTF_8));
  }

  @FuzzTest
  void writesOrRefusesBytes(byte[] input) {
    for (Descriptor type : ROOTS) {
      try {
        assertThat(TYPES.json().print(type, input)).isNotEmpty();
      } catch (IllegalArgumentException refused) {
        assertThat(refused).hasMessageContaining("no message of type");
      }
    }
  }
}
