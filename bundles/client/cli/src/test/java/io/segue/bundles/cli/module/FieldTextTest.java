package io.segue.bundles.cli.module;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.segue.bundles.cli.chain.Modules;
import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.cli.keyring.Key;
import io.segue.bundles.cli.keyring.Keyring;
import io.segue.bundles.descriptors.Types;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.proto.bank.QueryBalanceRequest;
import io.segue.bundles.sdk.proto.base.PageRequest;
import io.segue.bundles.sdk.proto.gov.MsgVote;
import io.segue.bundles.sdk.proto.gov.Params;
import io.segue.bundles.sdk.proto.gov.Proposal;
import io.segue.bundles.sdk.proto.gov.QueryVoteRequest;
import io.segue.bundles.sdk.proto.staking.Validator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldTextTest {
  @TempDir Path folder;
  private Keyring keyring;
  private FieldText texts;

  @BeforeEach
  void make() {
    keyring = new Keyring(folder.resolve("keys"), new Addresses("cosmos"));
    texts =
        new FieldText(
            Types.of(List.of(MsgVote.getDescriptor().getFile()), url -> Optional.empty()).json(),
            keyring);
  }

  @ParameterizedTest
  @CsvSource({"10s,10s", "1h30m,5400s", "500ms,0.5s", "1.5s,1.5s", "100h,360000s"})
  void readsADurationAsGoWritesIt(String text, String json) {
    assertThat(read(Params.getDescriptor(), "voting_period", text).asText()).isEqualTo(json);
  }

  @ParameterizedTest
  @CsvSource({"yes", "YES", "VOTE_OPTION_YES", "1", "vote_option_yes"})
  void readsAnEnumByItsShortNameItsFullOneAndItsNumber(String text) {
    assertThat(read(MsgVote.getDescriptor(), "option", text).asText()).isEqualTo("VOTE_OPTION_YES");
  }

  @ParameterizedTest
  @CsvSource({"00ff,AP8=", "0x00ff,AP8=", "AP8=,AP8=", "base64:abcd,abcd", "abcd,q80="})
  void readsBytesInHexBeforeBase64(String text, String json) {
    assertThat(read(PageRequest.getDescriptor(), "key", text).asText()).isEqualTo(json);
  }

  @Test
  void readsCoinsAsOneTextOrAsJson() {
    assertThat(read(Params.getDescriptor(), "min_deposit", "10stake,5ufee").toString())
        .isEqualTo(
            "[{\"denom\":\"stake\",\"amount\":\"10\"},{\"denom\":\"ufee\",\"amount\":\"5\"}]");
    assertThat(
            read(Params.getDescriptor(), "min_deposit", "[{\"denom\":\"a\",\"amount\":\"1\"}]")
                .at("/0/denom")
                .asText())
        .isEqualTo("a");
    assertThat(read(Params.getDescriptor(), "min_deposit", "")).isEmpty();
  }

  @Test
  void readsMessagesAsJsonOrFromAFile() throws Exception {
    Path file = Files.writeString(folder.resolve("tally.json"), "{\"yes_count\":\"3\"}");
    for (String text : new String[] {"{\"yes_count\":\"3\"}", file.toString()}) {
      assertThat(
              read(Proposal.getDescriptor(), "final_tally_result", text).path("yes_count").asText())
          .isEqualTo("3");
    }
    assertThat(
            read(Proposal.getDescriptor(), "messages", "[{\"@type\":\"/a\"},{\"@type\":\"/b\"}]"))
        .hasSize(2);
  }

  @Test
  void putsAnAddressInPlaceOfAKeysName() {
    Key key = Key.ofMnemonic(Key.newMnemonic());
    keyring.add("alice", key, new char[0]);
    Addresses addresses = new Addresses("cosmos");
    assertThat(read(Validator.getDescriptor(), "operator_address", "alice").asText())
        .isEqualTo(key.address(addresses));
    assertThat(read(Validator.getDescriptor(), "operator_address", "bob").asText())
        .isEqualTo("bob");
    assertThat(read(Proposal.getDescriptor(), "title", "alice").asText()).isEqualTo("alice");
  }

  @ParameterizedTest
  @CsvSource({
    "voting_period,ten,'write a duration, as 10s, 500ms or 1h30m'",
    "voting_period,10,'write a duration'",
    "min_deposit,ten,'write an amount and a denomination'",
    "burn_vote_veto,maybe,'write true or false'"
  })
  void saysWhatToWrite(String field, String text, String expected) {
    assertThatThrownBy(() -> read(Params.getDescriptor(), field, text))
        .isInstanceOf(CliException.class)
        .hasMessageContaining("--it '" + text + "' is refused")
        .hasMessageContaining(expected);
  }

  @Test
  void saysWhichValuesAnEnumHas() {
    assertThatThrownBy(() -> read(MsgVote.getDescriptor(), "option", "maybe"))
        .hasMessageContaining("write one of unspecified, yes, abstain, no, no-with-veto");
    assertThatThrownBy(() -> read(Proposal.getDescriptor(), "final_tally_result", "{"))
        .hasMessageStartingWith("--it is no JSON: ");
    assertThatThrownBy(() -> read(Proposal.getDescriptor(), "final_tally_result", "nowhere"))
        .hasMessageStartingWith("--it 'nowhere' is neither JSON nor a file with it: ");
  }

  @ParameterizedTest
  @CsvSource({
    "cosmos.bank.v1beta1,bank",
    "segue.bank.v2,bank",
    "counter.v1,counter",
    "counter,counter",
    "ibc.applications.transfer.v1,transfer",
    "v1,v1"
  })
  void aModuleIsCalledAfterItsPackageWithoutTheVersion(String name, String module) {
    assertThat(Modules.module(name)).isEqualTo(module);
  }

  @ParameterizedTest
  @CsvSource({"UpdateParams,update-params", "IBCTransfer,ibc-transfer", "Sign,sign", "A2B,a2-b"})
  void aCommandIsCalledAfterItsMessageInKebabCase(String name, String command) {
    assertThat(Modules.kebab(name)).isEqualTo(command);
  }

  @Test
  void theNewestVersionOfAPackageHasTheNameAndTheOthersTheirFullOne() {
    Modules modules =
        Modules.of(
            List.of(
                io.segue.bundles.sdk.proto.govv1beta1.MsgVote.getDescriptor().getFile(),
                MsgVote.getDescriptor().getFile()));
    assertThat(modules.messages().get("gov").get("vote").getFullName())
        .isEqualTo("cosmos.gov.v1.MsgVote");
    assertThat(modules.messages().get("gov")).containsKey("cosmos.gov.v1beta1.MsgVote");
  }

  @Test
  void aQueryHasOneCommandWhateverItsVersionsAreCalled() {
    Modules modules =
        Modules.of(
            List.of(
                io.segue.bundles.sdk.proto.govv1beta1.QueryVoteRequest.getDescriptor().getFile(),
                QueryVoteRequest.getDescriptor().getFile(),
                QueryBalanceRequest.getDescriptor().getFile()));
    assertThat(modules.queries().get("gov"))
        .containsKeys("tally", "cosmos.gov.v1beta1.Query.TallyResult")
        .doesNotContainKey("tally-result");
    assertThat(modules.queries().get("bank"))
        .containsKeys("denom-metadata", "denom-owners")
        .doesNotContainKeys("denom-metadata-by-query-string", "denom-owners-by-query");
  }

  private JsonNode read(Descriptor type, String name, String text) {
    FieldDescriptor field = type.findFieldByName(name);
    return texts.read("--it", field, List.of(text));
  }
}
