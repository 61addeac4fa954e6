package io.segue.bundles.gov;

import static io.segue.bundles.gov.GovChain.A;
import static io.segue.bundles.gov.GovChain.ADDRESSES;
import static io.segue.bundles.gov.GovChain.GOV;
import static io.segue.bundles.gov.GovChain.PERIOD_SECONDS;
import static io.segue.bundles.gov.GovChain.deposit;
import static io.segue.bundles.gov.GovChain.proposal;
import static io.segue.bundles.gov.GovChain.send;
import static io.segue.bundles.gov.GovChain.upgradeTo;
import static io.segue.bundles.gov.GovChain.vote;
import static io.segue.bundles.gov.GovChain.yes;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.segue.bundles.bank.BankFactory;
import io.segue.bundles.gov.proposal.TallyTest;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.proto.base.Coin;
import io.segue.bundles.sdk.proto.gov.GenesisState;
import io.segue.bundles.sdk.proto.gov.MsgCancelProposal;
import io.segue.bundles.sdk.proto.gov.MsgUpdateParams;
import io.segue.bundles.sdk.proto.gov.Proposal;
import io.segue.bundles.sdk.proto.gov.ProposalStatus;
import io.segue.bundles.sdk.proto.gov.QueryProposalRequest;
import io.segue.bundles.sdk.proto.gov.QueryProposalResponse;
import io.segue.bundles.sdk.proto.gov.VoteOption;
import io.segue.bundles.sdk.proto.staking.MsgDelegate;
import io.segue.bundles.sdk.proto.staking.MsgUndelegate;
import io.segue.bundles.sdk.proto.staking.QueryParamsResponse;
import io.segue.bundles.sdk.proto.upgrade.QueryCurrentPlanResponse;
import io.segue.bundles.staking.StakingFactory;
import io.segue.bundles.upgrade.UpgradeFactory;
import io.segue.kernel.api.abci.Abci.Event;
import io.segue.kernel.api.abci.Abci.ExecTxResult;
import io.segue.kernel.api.module.Phase;
import io.segue.kernel.testkit.modules.ModuleChain;
import io.segue.kernel.testkit.modules.PlainAuth;
import io.segue.kernel.testkit.modules.PlainTx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Governance beside the bank, staking and upgrade of the first generation. OWNER's validator has
 * 9,000,000 bonded stake, 1,000,000 of them A's; every block checks all invariants.
 */
class GovWithBankAndStakingTest {
  static final String OPERATOR = "cosmosvaloper157h8850gfgetku22er3f73zte0rqyksqd3q994";
  static final String OWNER = ADDRESSES.account(ADDRESSES.parseOperator(OPERATOR));
  private static final String POOL = ADDRESSES.account(Addresses.module("bonded_tokens_pool"));
  private static final Map<Phase, List<String>> ORDERS =
      Map.of(
          Phase.GENESIS, List.of("auth", "bank", "staking", "gov", "upgrade"),
          Phase.END_BLOCK, List.of("gov", "staking"));

  private static final String STAKING =
      """
      {"params": {"unbonding_time": "1814400s", "max_validators": 100, "max_entries": 7,
        "historical_entries": 10000, "bond_denom": "stake",
        "min_commission_rate": "0.000000000000000000"},
       "validators": [{"operator_address": "%1$s",
         "consensus_pubkey": {"@type": "/cosmos.crypto.ed25519.PubKey",
           "key": "p4UGBdXftYQiQCqJVXYmg+T4pLr6YJQkAkrA09bFtvs="},
         "status": "BOND_STATUS_BONDED", "tokens": "9000000",
         "delegator_shares": "9000000.000000000000000000",
         "description": {"moniker": "n0"},
         "unbonding_time": "1970-01-01T00:00:00Z",
         "commission": {"commission_rates": {"rate": "0.100000000000000000",
             "max_rate": "0.200000000000000000", "max_change_rate": "0.010000000000000000"},
           "update_time": "2026-01-01T00:00:00Z"},
         "min_self_delegation": "1"}],
       "delegations": [
         {"delegator_address": "%2$s", "validator_address": "%1$s",
          "shares": "8000000.000000000000000000"},
         {"delegator_address": "%3$s", "validator_address": "%1$s",
          "shares": "1000000.000000000000000000"}]}
      """
          .formatted(OPERATOR, OWNER, A);

  private ModuleChain chain;

  @BeforeEach
  void startChain() {
    chain = started();
  }

  /** The chain at its start. */
  static ModuleChain started() {
    ModuleChain chain =
        ModuleChain.of(
            ORDERS,
            new PlainAuth(),
            new BankFactory().create(GovChain.PLATFORM),
            new StakingFactory().create(GovChain.PLATFORM),
            new GovModule(ADDRESSES),
            new UpgradeFactory().create(GovChain.PLATFORM));
    start(chain);
    return chain;
  }

  /** Gives a chain of these modules its first state. */
  static void start(ModuleChain chain) {
    GenesisState gov =
        GenesisState.newBuilder().setStartingProposalId(1).setParams(GovChain.params()).build();
    chain.start(
        "{\"bank\":{\"balances\":[%s,%s]},\"staking\":%s,\"gov\":%s}"
            .formatted(
                balance(POOL, "9000000"), balance(A, "1000"), STAKING, GovChain.json().print(gov)));
  }

  @AfterEach
  void closeChain() {
    chain.close();
  }

  @Test
  void aProposalPassesWithTheValidatorsVoteAndItsDelegatorsOwn() throws Exception {
    succeed(proposal("10stake", upgradeTo("v2", 1000)).build());
    assertThat(balanceOf(A)).isEqualTo("990");
    assertThat(balanceOf(GOV)).isEqualTo("10");
    succeed(yes(OWNER, 1));
    succeed(vote(A, 1, VoteOption.VOTE_OPTION_NO));
    pass();
    assertThat(stored(1).getStatus()).isEqualTo(ProposalStatus.PROPOSAL_STATUS_PASSED);
    assertThat(stored(1).getFinalTallyResult())
        .isEqualTo(TallyTest.result(8_000_000, 0, 1_000_000, 0));
    assertThat(balanceOf(A)).isEqualTo("1000");
    byte[] plan = chain.query("/cosmos.upgrade.v1beta1.Query/CurrentPlan", new byte[0]).value();
    assertThat(QueryCurrentPlanResponse.parseFrom(plan).getPlan().getName()).isEqualTo("v2");
  }

  @Test
  void whoMovesHisStakeMovesHisVote() throws Exception {
    succeed(
        MsgUndelegate.newBuilder()
            .setDelegatorAddress(A)
            .setValidatorAddress(OPERATOR)
            .setAmount(Coin.newBuilder().setDenom("stake").setAmount("400000"))
            .build());
    succeed(proposal("10stake", upgradeTo("v2", 1000)).build());
    succeed(yes(OWNER, 1));
    succeed(vote(A, 1, VoteOption.VOTE_OPTION_NO));
    succeed(
        MsgDelegate.newBuilder()
            .setDelegatorAddress(A)
            .setValidatorAddress(OPERATOR)
            .setAmount(Coin.newBuilder().setDenom("stake").setAmount("90"))
            .build());
    pass();
    assertThat(stored(1).getFinalTallyResult())
        .isEqualTo(TallyTest.result(8_000_000, 0, 600_090, 0));
  }

  @Test
  void vetoedDepositsLeaveTheSupply() throws Exception {
    succeed(proposal("10stake", upgradeTo("v2", 1000)).build());
    succeed(vote(OWNER, 1, VoteOption.VOTE_OPTION_NO_WITH_VETO));
    pass();
    assertThat(stored(1).getStatus()).isEqualTo(ProposalStatus.PROPOSAL_STATUS_REJECTED);
    assertThat(balanceOf(A)).isEqualTo("990");
    assertThat(balanceOf(GOV)).isEqualTo("0");
  }

  @Test
  void governanceSpendsWhatItWasGiven() throws Exception {
    succeed(send(A, GOV, "50stake"));
    succeed(proposal("10stake", send(GOV, OWNER, "50stake")).build());
    succeed(yes(OWNER, 1));
    pass();
    assertThat(stored(1).getFailedReason()).isEmpty();
    assertThat(stored(1).getStatus()).isEqualTo(ProposalStatus.PROPOSAL_STATUS_PASSED);
    assertThat(balanceOf(OWNER)).isEqualTo("50");
  }

  @Test
  void changesTheRulesOfSeveralModulesAtOnce() throws Exception {
    succeed(proposal("10stake", closeBank(), staking("stake"), gov()).build());
    succeed(yes(OWNER, 1));
    pass();

    assertThat(stored(1).getFailedReason()).isEmpty();
    ExecTxResult send = run(send(A, OWNER, "1stake"));
    assertThat(send.log())
        .endsWith("transfers are currently disabled: send transactions are disabled");
    assertThat(maxValidators()).isEqualTo(7);
    succeed(proposal("20stake", upgradeTo("v2", 1000)).build());
    assertThat(stored(2).getStatus()).isEqualTo(ProposalStatus.PROPOSAL_STATUS_DEPOSIT_PERIOD);
  }

  @Test
  void keepsNothingOfTheMessagesBeforeTheOneThatFails() throws Exception {
    succeed(send(A, GOV, "50stake"));
    succeed(proposal("10stake", staking("stake"), send(GOV, OWNER, "51stake")).build());
    succeed(yes(OWNER, 1));
    List<Event> events = pass();

    assertThat(stored(1).getStatus()).isEqualTo(ProposalStatus.PROPOSAL_STATUS_FAILED);
    assertThat(stored(1).getFailedReason())
        .isEqualTo("spendable balance 50stake is smaller than 51stake: insufficient funds");
    assertThat(GovChain.text(events))
        .contains(
            "active_proposal{proposal_id=1, proposal_result=proposal_failed, proposal_log=passed,"
                + " but msg 1 (/cosmos.bank.v1beta1.MsgSend) failed on execution: spendable balance"
                + " 50stake is smaller than 51stake: insufficient funds, mode=EndBlock}");
    assertThat(maxValidators()).isEqualTo(100);
  }

  @Test
  void refusesRulesOfOtherModulesBeforeTheVote() {
    assertThat(run(proposal("10stake", staking("atom")).build()).log())
        .endsWith("everything that is staked is stake: invalid request");
  }

  @Test
  void theGasOfTheMainMessagesStaysWithinTheLimitThatClientsSend() {
    long limit = 200_000;
    assertThat(gas(proposal("10stake", upgradeTo("v2", 1000)).build())).isLessThan(limit);
    assertThat(gas(proposal("1stake", upgradeTo("v2", 1000)).build())).isLessThan(limit);
    assertThat(gas(deposit(A, 2, "3stake"))).isLessThan(limit);
    assertThat(gas(yes(A, 1))).isLessThan(limit);
    assertThat(gas(MsgCancelProposal.newBuilder().setProposalId(1).setProposer(A).build()))
        .isLessThan(limit);
  }

  private long gas(Message message) {
    return succeed(message).gasUsed();
  }

  private ExecTxResult succeed(Message message) {
    ExecTxResult result = run(message);
    assertThat(result.log()).isEmpty();
    return result;
  }

  private ExecTxResult run(Message message) {
    return chain.run(
        PlainTx.of("/" + message.getDescriptorForType().getFullName(), message.toByteArray()));
  }

  private List<Event> pass() {
    List<Event> events = new ArrayList<>();
    for (long i = 0; i < PERIOD_SECONDS; i++) {
      events.addAll(chain.block().events());
    }
    return events;
  }

  private static Message closeBank() {
    return io.segue.bundles.sdk.proto.bank.MsgUpdateParams.newBuilder().setAuthority(GOV).build();
  }

  private static Message staking(String bondDenom) {
    return io.segue.bundles.sdk.proto.staking.MsgUpdateParams.newBuilder()
        .setAuthority(GOV)
        .setParams(
            io.segue.bundles.sdk.proto.staking.Params.newBuilder()
                .setUnbondingTime(GovChain.seconds(1))
                .setMaxValidators(7)
                .setMaxEntries(7)
                .setBondDenom(bondDenom)
                .setMinCommissionRate("0"))
        .build();
  }

  private static Message gov() {
    return MsgUpdateParams.newBuilder()
        .setAuthority(GOV)
        .setParams(
            GovChain.params()
                .clearMinDeposit()
                .addAllMinDeposit(GovChain.coins("30stake"))
                .clearExpeditedMinDeposit()
                .addAllExpeditedMinDeposit(GovChain.coins("40stake")))
        .build();
  }

  private int maxValidators() throws InvalidProtocolBufferException {
    byte[] answer = chain.query("/cosmos.staking.v1beta1.Query/Params", new byte[0]).value();
    return QueryParamsResponse.parseFrom(answer).getParams().getMaxValidators();
  }

  private Proposal stored(long id) throws InvalidProtocolBufferException {
    byte[] request = QueryProposalRequest.newBuilder().setProposalId(id).build().toByteArray();
    byte[] answer = chain.query("/cosmos.gov.v1.Query/Proposal", request).value();
    return QueryProposalResponse.parseFrom(answer).getProposal();
  }

  private String balanceOf(String account) throws InvalidProtocolBufferException {
    return GovChain.balanceOf(chain, account);
  }

  private static String balance(String account, String amount) {
    return "{\"address\":\"%s\",\"coins\":[{\"denom\":\"stake\",\"amount\":\"%s\"}]}"
        .formatted(account, amount);
  }
}
