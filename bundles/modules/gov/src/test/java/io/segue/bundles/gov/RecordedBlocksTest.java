package io.segue.bundles.gov;

import static io.segue.bundles.gov.GovChain.A;
import static io.segue.bundles.gov.GovChain.B;
import static io.segue.bundles.gov.GovChain.EXPEDITED_SECONDS;
import static io.segue.bundles.gov.GovChain.GOV;
import static io.segue.bundles.gov.GovChain.PERIOD_SECONDS;
import static io.segue.bundles.gov.GovChain.deposit;
import static io.segue.bundles.gov.GovChain.proposal;
import static io.segue.bundles.gov.GovChain.send;
import static io.segue.bundles.gov.GovChain.upgradeTo;
import static io.segue.bundles.gov.GovChain.yes;
import static org.assertj.core.api.Assertions.assertThat;

import io.segue.bundles.sdk.Coins;
import io.segue.bundles.sdk.GenesisJson;
import io.segue.bundles.sdk.proto.gov.GenesisState;
import io.segue.bundles.sdk.proto.gov.MsgSubmitProposal;
import org.junit.jupiter.api.Test;

/** The events at the end of the recorded chain's blocks. */
class RecordedBlocksTest {
  @Test
  void votingEndedAndTheProposalPassed() {
    try (GovChain chain = chain(40)) {
      chain.succeed(upgrade("10stake").build());
      chain.succeed(yes(A, 40));
      chain.pass(PERIOD_SECONDS);
      assertThat(chain.blockEvents())
          .filteredOn(event -> !event.startsWith("upgrade_scheduled{"))
          .containsExactlyElementsOf(
              Vectors.events("block: voting ended, passed (MsgSoftwareUpgrade)"));
      assertThat(chain.blockEvents())
          .as("which this chain tells in addition")
          .contains("upgrade_scheduled{name=v2, height=1000, info=, mode=EndBlock}");
    }
  }

  @Test
  void votingEndedAndTheExecutionFailed() {
    try (GovChain chain = chain(41)) {
      chain.succeed(proposal("10stake", send(GOV, B, "1stake"), send(GOV, B, "1zzz")).build());
      chain.succeed(yes(A, 41));
      chain.pass(PERIOD_SECONDS);
      assertThat(chain.blockEvents())
          .containsExactlyElementsOf(Vectors.events("block: voting ended, execution failed"));
    }
  }

  @Test
  void votingEndedAndTheProposalWasRejected() {
    try (GovChain chain = chain(44)) {
      chain.succeed(upgrade("10stake").build());
      chain.succeed(deposit(B, 44, "3stake"));
      chain.pass(PERIOD_SECONDS);
      assertThat(chain.blockEvents())
          .containsExactlyElementsOf(Vectors.events("block: voting ended, rejected"));
    }
  }

  @Test
  void theDepositPeriodEnded() {
    try (GovChain chain = chain(45)) {
      chain.succeed(upgrade("1stake").build());
      chain.pass(PERIOD_SECONDS);
      assertThat(chain.blockEvents())
          .containsExactlyElementsOf(Vectors.events("block: deposit period ended"));
    }
  }

  @Test
  void expeditedVotingEndedWithoutSuccess() {
    try (GovChain chain = chain(11)) {
      chain.succeed(upgrade("20stake").setExpedited(true).build());
      chain.pass(EXPEDITED_SECONDS);
      assertThat(chain.blockEvents())
          .containsExactlyElementsOf(
              Vectors.events("block: expedited voting ended without success (no refund)"));
    }
  }

  private static MsgSubmitProposal.Builder upgrade(String deposit) {
    return proposal(deposit, upgradeTo("v2", 1000));
  }

  private static GovChain chain(long firstId) {
    GenesisState genesis =
        GenesisState.newBuilder()
            .setStartingProposalId(firstId)
            .setParams(GovChain.params())
            .build();
    return GovChain.startedWith(GenesisJson.withTypes().print(genesis), Coins.parse("5stake"));
  }
}
