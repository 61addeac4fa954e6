package io.segue.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.segue.bundles.nodes.Distribution;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.proto.bank.MsgSend;
import io.segue.bundles.sdk.proto.bank.QuerySupplyOfRequest;
import io.segue.bundles.sdk.proto.bank.QuerySupplyOfResponse;
import io.segue.bundles.sdk.proto.base.Coin;
import io.segue.bundles.sdk.proto.crypto.secp256k1.PubKey;
import io.segue.bundles.sdk.proto.gov.MsgSubmitProposal;
import io.segue.bundles.sdk.proto.gov.MsgVote;
import io.segue.bundles.sdk.proto.gov.Params;
import io.segue.bundles.sdk.proto.gov.ProposalStatus;
import io.segue.bundles.sdk.proto.gov.QueryParamsRequest;
import io.segue.bundles.sdk.proto.gov.QueryParamsResponse;
import io.segue.bundles.sdk.proto.gov.QueryProposalRequest;
import io.segue.bundles.sdk.proto.gov.QueryProposalResponse;
import io.segue.bundles.sdk.proto.gov.VoteOption;
import io.segue.bundles.sdk.proto.signing.SignMode;
import io.segue.bundles.sdk.proto.tx.AuthInfo;
import io.segue.bundles.sdk.proto.tx.Fee;
import io.segue.bundles.sdk.proto.tx.ModeInfo;
import io.segue.bundles.sdk.proto.tx.SignerInfo;
import io.segue.bundles.sdk.proto.tx.TxBody;
import io.segue.bundles.sdk.proto.tx.TxRaw;
import io.segue.kernel.api.abci.Abci.ConsensusParams;
import io.segue.kernel.api.abci.Abci.ExecTxResult;
import io.segue.kernel.api.abci.ConsensusBounds;
import io.segue.kernel.api.module.Crypto;
import io.segue.kernel.testkit.InMemoryStore;
import io.segue.kernel.testkit.TestNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The distribution's bundles on the production kernel, with one account that holds all the stake
 * and sends everything: transfers, and proposals for which it votes.
 */
final class GovernedChain implements AutoCloseable {
  static final Addresses ADDRESSES = new Addresses("cosmos");
  static final String A = "cosmos19rl4cm2hmr8afy4kldpxz3fka4jguq0auqdal4";
  static final String B = "cosmos15yk64u7zc9g9k2yr2wmzeva5qgwxps6yxj00e7";
  static final String GOV = ADDRESSES.account(Addresses.module("gov"));

  /** What a proposal may ask for in the smallest block there is. */
  static final long GAS = ConsensusBounds.MIN_BLOCK_GAS;

  static final ConsensusParams DEFAULTS = ConsensusParams.defaults(1);

  private final TestNode node;
  private long sequence;
  private long feeStake;

  private GovernedChain(TestNode node) {
    this.node = node;
  }

  /** A chain on generation genesis. */
  static GovernedChain genesis(Path home, ConsensusParams params) throws Exception {
    GovernedChain chain = new GovernedChain(start(home, "app_state.json", 1_000_000, params));
    chain.node.block();
    return chain;
  }

  /** A chain on which v2 was applied. */
  static GovernedChain v2(Path home) throws Exception {
    GovernedChain chain =
        new GovernedChain(start(home, "app_state.json", RootChain.PLAN_HEIGHT, DEFAULTS));
    chain.apply("v2", RootChain.PLAN_HEIGHT);
    chain.feeStake = 500_000;
    return chain;
  }

  /** A chain on which v2 and v3 were applied. */
  static GovernedChain v3(Path home) throws Exception {
    GovernedChain chain =
        new GovernedChain(start(home, "app_state_v3.json", RootChain.PLAN_HEIGHT, DEFAULTS));
    chain.apply("v2", RootChain.PLAN_HEIGHT);
    chain.apply("v3", 20);
    return chain;
  }

  private static TestNode start(Path home, String state, long planHeight, ConsensusParams params)
      throws Exception {
    Files.createDirectories(home);
    return RootChain.in(home, new InMemoryStore(), state, "")
        .withAppState(
            RootChain.text(state)
                .replace("\"height\": \"6\"", "\"height\": \"" + planHeight + "\""))
        .withCrypto(new OneKey())
        .withConsensusParams(params)
        .start();
  }

  private void apply(String plan, long height) throws Exception {
    node.blocksUntil(height - 1);
    node.deploy(Files.readAllBytes(Distribution.upgrade(plan)));
    node.block();
    assertThat(node.node().status().generation()).isEqualTo(plan);
  }

  /** An ordinary transfer. */
  ExecTxResult transfer() {
    return run(MsgSend.newBuilder().setFromAddress(A).setToAddress(B).addAmount(stake(1)).build());
  }

  /** Proposes, votes and waits for the end; null where the proposal passed, else why it did not. */
  @Nullable String propose(Any... messages) {
    Params rules = govParams();
    ExecTxResult submitted =
        run(
            MsgSubmitProposal.newBuilder()
                .addAllMessages(List.of(messages))
                .addAllInitialDeposit(rules.getMinDepositList())
                .setProposer(A)
                .setTitle("t")
                .setSummary("s")
                .build());
    if (submitted.code() != 0) {
      return submitted.log();
    }
    long id = id(submitted);
    ExecTxResult vote =
        run(
            MsgVote.newBuilder()
                .setVoter(A)
                .setProposalId(id)
                .setOption(VoteOption.VOTE_OPTION_YES)
                .build());
    if (vote.code() != 0) {
      return vote.log();
    }
    node.skip(
        Duration.ofSeconds(
            rules.getVotingPeriod().getSeconds(), rules.getVotingPeriod().getNanos()));
    node.block();
    QueryProposalResponse answer =
        ask(
            "/cosmos.gov.v1.Query/Proposal",
            QueryProposalRequest.newBuilder().setProposalId(id).build(),
            QueryProposalResponse.parser());
    return answer.getProposal().getStatus() == ProposalStatus.PROPOSAL_STATUS_PASSED
        ? null
        : answer.getProposal().getStatus() + " " + answer.getProposal().getFailedReason();
  }

  Params govParams() {
    return ask(
            "/cosmos.gov.v1.Query/Params",
            QueryParamsRequest.getDefaultInstance(),
            QueryParamsResponse.parser())
        .getParams();
  }

  /** All the stake there is. */
  long supply() {
    return Long.parseLong(
        ask(
                "/cosmos.bank.v1beta1.Query/SupplyOf",
                QuerySupplyOfRequest.newBuilder().setDenom("stake").build(),
                QuerySupplyOfResponse.parser())
            .getAmount()
            .getAmount());
  }

  ExecTxResult run(Message message) {
    byte[] tx = tx(message);
    assertThat(tx.length).isLessThan(20_000);
    ExecTxResult result = node.block(tx).txResults().get(0);
    sequence++;
    return result;
  }

  private byte[] tx(Message message) {
    AuthInfo auth =
        AuthInfo.newBuilder()
            .setFee(Fee.newBuilder().setGasLimit(GAS).addAllAmount(fee()))
            .addSignerInfos(
                SignerInfo.newBuilder()
                    .setPublicKey(
                        any(PubKey.newBuilder().setKey(ByteString.copyFrom(new byte[33])).build()))
                    .setModeInfo(
                        ModeInfo.newBuilder()
                            .setSingle(
                                ModeInfo.Single.newBuilder().setMode(SignMode.SIGN_MODE_DIRECT)))
                    .setSequence(sequence))
            .build();
    return TxRaw.newBuilder()
        .setBodyBytes(TxBody.newBuilder().addMessages(any(message)).build().toByteString())
        .setAuthInfoBytes(auth.toByteString())
        .addSignatures(ByteString.copyFrom(new byte[64]))
        .build()
        .toByteArray();
  }

  private List<Coin> fee() {
    return feeStake == 0 ? List.of() : List.of(stake(feeStake));
  }

  private <T> T ask(String path, Message request, Parser<T> parser) {
    var answer = node.query(path, request.toByteArray());
    assertThat(answer.log()).isEmpty();
    try {
      return parser.parseFrom(answer.value());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static long id(ExecTxResult submitted) {
    return submitted.events().stream()
        .filter(event -> event.type().equals("submit_proposal"))
        .flatMap(event -> event.attributes().stream())
        .filter(attribute -> attribute.key().equals("proposal_id"))
        .mapToLong(attribute -> Long.parseLong(attribute.value()))
        .findFirst()
        .orElseThrow();
  }

  static Any any(Message message) {
    return Any.newBuilder()
        .setTypeUrl("/" + message.getDescriptorForType().getFullName())
        .setValue(message.toByteString())
        .build();
  }

  static Coin stake(long amount) {
    return Coin.newBuilder().setDenom("stake").setAmount(Long.toString(amount)).build();
  }

  @Override
  public void close() {
    node.close();
  }

  /** Every key is that of {@link #A}, and every signature is right. */
  private static final class OneKey implements Crypto {
    @Override
    public boolean verifySecp256k1(byte[] digest, byte[] signature, byte[] publicKey) {
      return true;
    }

    @Override
    public byte[] ripemd160(byte[] data) {
      return ADDRESSES.parseAccount(A);
    }
  }
}
