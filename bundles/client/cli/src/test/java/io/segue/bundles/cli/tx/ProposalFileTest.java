package io.segue.bundles.cli.tx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.bundles.cli.chain.ChainTypes;
import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.sdk.proto.gov.MsgSubmitProposal;
import io.segue.bundles.sdk.proto.upgrade.MsgSoftwareUpgrade;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProposalFileTest {
  @TempDir Path folder;

  @Test
  void readsWhatTheSdksToolsRead() throws IOException {
    MsgSubmitProposal proposal =
        read(
            "{\"messages\":[{\"@type\":\"/cosmos.upgrade.v1beta1.MsgSoftwareUpgrade\","
                + "\"authority\":\"cosmos1gov\",\"plan\":{\"name\":\"v2\",\"height\":\"9\"}}],"
                + "\"deposit\":\"5stake\",\"title\":\"T\",\"summary\":\"S\",\"expedited\":true}");
    assertThat(proposal.getProposer()).isEqualTo("cosmos1proposer");
    assertThat(proposal.getTitle()).isEqualTo("T");
    assertThat(proposal.getExpedited()).isTrue();
    assertThat(proposal.getInitialDeposit(0).getAmount()).isEqualTo("5");
    assertThat(proposal.getMessages(0).getTypeUrl())
        .isEqualTo("/cosmos.upgrade.v1beta1.MsgSoftwareUpgrade");
    assertThat(proposal.getMessages(0).unpack(MsgSoftwareUpgrade.class).getPlan().getHeight())
        .isEqualTo(9);
  }

  @Test
  void namesAMemberThatItDoesNotKnow() {
    assertThatThrownBy(() -> read("{\"depositt\":\"5stake\"}"))
        .isInstanceOf(CliException.class)
        .hasMessageContaining("a member 'depositt'");
  }

  @Test
  void takesParametersOfEveryModuleInTheFormOfTheSdk() throws IOException {
    MsgSubmitProposal proposal =
        read(
            "{\"messages\":[{\"@type\":\"/cosmos.staking.v1beta1.MsgUpdateParams\",\"params\":"
                + "{\"max_validators\":7,\"min_commission_rate\":\"0.050000000000000000\"}},"
                + "{\"@type\":\"/cosmos.auth.v1beta1.MsgUpdateParams\",\"params\":"
                + "{\"tx_sig_limit\":\"9\"}},"
                + "{\"@type\":\"/cosmos.bank.v1beta1.MsgSetSendEnabled\","
                + "\"send_enabled\":[{\"denom\":\"stake\"}]}]}");
    assertThat(
            proposal
                .getMessages(0)
                .unpack(io.segue.bundles.sdk.proto.staking.MsgUpdateParams.class)
                .getParams()
                .getMinCommissionRate())
        .isEqualTo("50000000000000000");
    assertThat(proposal.getMessagesCount()).isEqualTo(3);
  }

  @Test
  void namesAMessageOfUnknownType() {
    assertThatThrownBy(() -> read("{\"messages\":[{\"@type\":\"/no.Such\"}]}"))
        .isInstanceOf(CliException.class)
        .hasMessageContaining("/no.Such");
  }

  @Test
  void refusesBrokenJson() {
    assertThatThrownBy(() -> read("{"))
        .isInstanceOf(CliException.class)
        .hasMessageContaining("can't be read");
  }

  private MsgSubmitProposal read(String json) throws IOException {
    Path file = Files.writeString(folder.resolve("proposal.json"), json);
    return ProposalFile.read(file, "cosmos1proposer", ChainTypes.own());
  }
}
