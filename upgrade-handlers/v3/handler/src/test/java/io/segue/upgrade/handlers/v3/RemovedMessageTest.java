package io.segue.upgrade.handlers.v3;

import static io.segue.upgrade.handlers.v3.V3Chain.ADDRESSES;
import static io.segue.upgrade.handlers.v3.V3Chain.ask;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import io.segue.bundles.gov.GovFactory;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.proto.base.Coin;
import io.segue.bundles.sdk.proto.gov.MsgSubmitProposal;
import io.segue.bundles.sdk.proto.gov.MsgVote;
import io.segue.bundles.sdk.proto.gov.Proposal;
import io.segue.bundles.sdk.proto.gov.ProposalStatus;
import io.segue.bundles.sdk.proto.gov.QueryProposalRequest;
import io.segue.bundles.sdk.proto.gov.QueryProposalResponse;
import io.segue.bundles.sdk.proto.gov.VoteOption;
import io.segue.kernel.api.abci.Abci.ExecTxResult;
import io.segue.kernel.api.module.Module;
import io.segue.kernel.api.module.Phase;
import io.segue.kernel.api.upgrade.StoreLoad;
import io.segue.kernel.api.upgrade.UpgradeContext;
import io.segue.kernel.api.upgrade.UpgradeHandler;
import io.segue.kernel.testkit.modules.ModuleChain;
import io.segue.kernel.testkit.modules.PlainAuth;
import io.segue.kernel.testkit.modules.PlainTx;
import io.segue.upgrade.handlers.v2.feemarket.proto.MsgUpdateParams;
import io.segue.upgrade.handlers.v2.feemarket.proto.Params;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Governance over a module that ends while the vote goes on, with the modules of the chain. */
class RemovedMessageTest {
  private static final String OWNER = ADDRESSES.account(ADDRESSES.parseOperator(V3Chain.OPERATOR));
  private static final String GOV = ADDRESSES.account(Addresses.module("gov"));
  private static final String POOL = ADDRESSES.account(Addresses.module("bonded_tokens_pool"));
  private static final int VOTING_SECONDS = 5;
  private static final Map<Phase, List<String>> ORDERS =
      Map.of(
          Phase.GENESIS, List.of("auth", "bank", "staking", "gov", "feemarket", "upgrade"),
          Phase.END_BLOCK, List.of("gov", "staking"));
  private static final String GENESIS =
      """
      {"bank": {"balances": [
         {"address": "%1$s", "coins": [{"denom": "stake", "amount": "9000000"}]},
         {"address": "%2$s", "coins": [{"denom": "stake", "amount": "1000"}]}]},
       "staking": {"params": {"bond_denom": "stake", "max_validators": 100, "max_entries": 7,
           "unbonding_time": "1814400s", "min_commission_rate": "0.000000000000000000"},
         "validators": [{"operator_address": "%3$s",
           "consensus_pubkey": {"@type": "/cosmos.crypto.ed25519.PubKey",
             "key": "p4UGBdXftYQiQCqJVXYmg+T4pLr6YJQkAkrA09bFtvs="},
           "status": "BOND_STATUS_BONDED", "tokens": "9000000",
           "delegator_shares": "9000000.000000000000000000"}],
         "delegations": [{"delegator_address": "%2$s", "validator_address": "%3$s",
           "shares": "9000000.000000000000000000"}]},
       "gov": {"starting_proposal_id": "1", "params": {
         "min_deposit": [{"denom": "stake", "amount": "10"}],
         "expedited_min_deposit": [{"denom": "stake", "amount": "50"}],
         "max_deposit_period": "5s", "voting_period": "%4$ds", "expedited_voting_period": "2s",
         "quorum": "0.334000000000000000", "threshold": "0.500000000000000000",
         "expedited_threshold": "0.667000000000000000",
         "veto_threshold": "0.334000000000000000",
         "min_initial_deposit_ratio": "0.000000000000000000",
         "min_deposit_ratio": "0.010000000000000000",
         "proposal_cancel_ratio": "0.500000000000000000"}}}
      """
          .formatted(POOL, OWNER, V3Chain.OPERATOR, VOTING_SECONDS);

  private ModuleChain chain;

  @BeforeEach
  void startChain() {
    chain = ModuleChain.of(ORDERS, with(V3Chain.feeMarket()));
    chain.start(GENESIS);
    chain.block();
  }

  @AfterEach
  void closeChain() {
    chain.close();
  }

  @Test
  void aProposalWhoseMessageTypeDisappearsFailsWithTheReason() {
    propose();
    removeFeeMarket();

    endVote();

    Proposal proposal = stored();
    assertThat(proposal.getStatus()).isEqualTo(ProposalStatus.PROPOSAL_STATUS_FAILED);
    assertThat(proposal.getFailedReason()).contains("/segue.feemarket.v1.MsgUpdateParams");
  }

  @Test
  void theSameProposalPassesWhereTheModuleStays() {
    propose();

    endVote();

    assertThat(stored().getFailedReason()).isEmpty();
    assertThat(stored().getStatus()).isEqualTo(ProposalStatus.PROPOSAL_STATUS_PASSED);
  }

  @Test
  void anOldProposalStillShowsTheMessageOfTheModuleThatEnded() throws Exception {
    propose();
    removeFeeMarket();
    endVote();

    Any message = stored().getMessages(0);

    assertThat(message.getTypeUrl()).isEqualTo("/segue.feemarket.v1.MsgUpdateParams");
    assertThat(MsgUpdateParams.parseFrom(message.getValue())).isEqualTo(update());
  }

  @Test
  void aNewProposalOfThatTypeIsRefusedBeforeAnybodyVotes() {
    removeFeeMarket();

    ExecTxResult result = run(submission());

    assertThat(result.code()).isNotZero();
    assertThat(result.log()).contains("/segue.feemarket.v1.MsgUpdateParams");
  }

  private void propose() {
    assertThat(run(submission()).log()).isEmpty();
    assertThat(
            run(MsgVote.newBuilder()
                    .setProposalId(1)
                    .setVoter(OWNER)
                    .setOption(VoteOption.VOTE_OPTION_YES)
                    .build())
                .log())
        .isEmpty();
  }

  private void removeFeeMarket() {
    UpgradeHandler removal =
        new UpgradeHandler() {
          @Override
          public List<StoreLoad> prepare(UpgradeContext context) {
            return List.of(new StoreLoad.Delete(V3Handler.FEE_MARKET));
          }
        };
    chain.upgrade(removal, Map.of(Phase.END_BLOCK, List.of("gov", "staking")), with());
  }

  private void endVote() {
    for (int i = 0; i < VOTING_SECONDS; i++) {
      chain.block();
    }
  }

  private Proposal stored() {
    return ask(
            chain,
            "/cosmos.gov.v1.Query/Proposal",
            QueryProposalRequest.newBuilder().setProposalId(1).build(),
            QueryProposalResponse.parser())
        .getProposal();
  }

  private ExecTxResult run(Message message) {
    return chain.run(
        PlainTx.of("/" + message.getDescriptorForType().getFullName(), message.toByteArray()));
  }

  private static MsgSubmitProposal submission() {
    return MsgSubmitProposal.newBuilder()
        .setProposer(OWNER)
        .setTitle("Dearer gas")
        .setSummary("A higher base fee")
        .addInitialDeposit(Coin.newBuilder().setDenom("stake").setAmount("10"))
        .addMessages(
            Any.newBuilder()
                .setTypeUrl("/segue.feemarket.v1.MsgUpdateParams")
                .setValue(update().toByteString()))
        .build();
  }

  private static MsgUpdateParams update() {
    return MsgUpdateParams.newBuilder()
        .setAuthority(GOV)
        .setParams(
            Params.newBuilder()
                .setDenom("stake")
                .setTargetBlockGas(50_000_000)
                .setChangeDenominator(8)
                .setMinBaseFee(200)
                .setMaxBaseFee(1_000))
        .build();
  }

  private static Module[] with(Module... more) {
    Module[] modules = {
      new PlainAuth(), V3Chain.bank(), V3Chain.staking(), V3Chain.upgrade(), gov()
    };
    Module[] all = Arrays.copyOf(modules, modules.length + more.length);
    System.arraycopy(more, 0, all, modules.length, more.length);
    return all;
  }

  private static Module gov() {
    return new GovFactory().create(V3Chain.PLATFORM);
  }
}
