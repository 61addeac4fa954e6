package io.segue.bundles.gov;

import static io.segue.bundles.gov.GovChain.A;
import static io.segue.bundles.gov.GovChain.B;
import static io.segue.bundles.gov.GovChain.GOV;

import com.google.protobuf.Message;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.proto.bank.Input;
import io.segue.bundles.sdk.proto.bank.MsgMultiSend;
import io.segue.bundles.sdk.proto.bank.MsgSetSendEnabled;
import io.segue.bundles.sdk.proto.bank.Output;
import io.segue.bundles.sdk.proto.bank.SendEnabled;
import io.segue.bundles.sdk.proto.gov.MsgCancelProposal;
import io.segue.bundles.sdk.proto.gov.MsgSubmitProposal;
import io.segue.bundles.sdk.proto.gov.MsgVoteWeighted;
import io.segue.bundles.sdk.proto.gov.VoteOption;
import io.segue.bundles.sdk.proto.gov.WeightedVoteOption;
import io.segue.kernel.testkit.modules.ModuleChain;
import io.segue.kernel.testkit.modules.PlainTx;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/**
 * What users do on a chain, by a seed: transfers, proposals of every kind in every state of their
 * lives, votes, deposits, cancellations. Some of it is refused, as on any chain.
 */
final class BusyChain {
  private static final int TXS_PER_BLOCK = 4;
  private static final List<String> DEPOSITS = List.of("1stake", "3stake", "10stake", "20stake");

  private final Random random;
  private final ModuleChain chain;
  private final String validator;

  /**
   * @param validator account whose votes decide
   */
  BusyChain(ModuleChain chain, String validator, long seed) {
    this.chain = chain;
    this.validator = validator;
    this.random = new Random(seed);
  }

  /** Executes blocks full of transactions. */
  void run(int blocks) {
    for (int i = 0; i < blocks; i++) {
      byte[][] txs = new byte[TXS_PER_BLOCK][];
      for (int tx = 0; tx < txs.length; tx++) {
        Message message = message();
        txs[tx] =
            PlainTx.of("/" + message.getDescriptorForType().getFullName(), message.toByteArray());
      }
      chain.block(txs);
    }
  }

  private Message message() {
    return switch (random.nextInt(9)) {
      case 0 -> GovChain.send(someone(), stranger(), 1 + random.nextInt(9) + "stake");
      case 1 -> GovChain.send(someone(), GOV, "5stake");
      case 2 -> multiSend();
      case 3, 4 -> proposal();
      case 5 -> GovChain.deposit(someone(), id(), pick(DEPOSITS));
      case 6 -> GovChain.vote(pick(List.of(A, validator)), id(), pick(options()));
      case 7 -> weightedVote();
      default -> cancel();
    };
  }

  private Message multiSend() {
    String from = someone();
    return MsgMultiSend.newBuilder()
        .addInputs(Input.newBuilder().setAddress(from).addAllCoins(GovChain.coins("3stake")))
        .addOutputs(
            Output.newBuilder().setAddress(stranger()).addAllCoins(GovChain.coins("1stake")))
        .addOutputs(
            Output.newBuilder().setAddress(stranger()).addAllCoins(GovChain.coins("2stake")))
        .build();
  }

  private Message proposal() {
    MsgSubmitProposal.Builder proposal =
        GovChain.proposal(pick(DEPOSITS))
            .setProposer(someone())
            .setTitle("t" + random.nextInt(100))
            .setExpedited(random.nextInt(3) == 0);
    switch (random.nextInt(5)) {
      case 0 -> proposal.setMetadata("ipfs://" + random.nextInt());
      case 1 -> proposal.addMessages(GovChain.pack(upgrade()));
      case 2 -> proposal.addMessages(GovChain.pack(sendEnabled()));
      case 3 ->
          proposal
              .addMessages(GovChain.pack(sendEnabled()))
              .addMessages(GovChain.pack(GovChain.send(GOV, stranger(), "1000000stake")));
      default ->
          proposal
              .addMessages(GovChain.pack(GovChain.send(GOV, stranger(), "2stake")))
              .addMessages(GovChain.pack(upgrade()));
    }
    return proposal.build();
  }

  private Message upgrade() {
    return GovChain.upgradeTo("plan-" + random.nextInt(3), 10_000 + random.nextInt(100));
  }

  private Message sendEnabled() {
    return MsgSetSendEnabled.newBuilder()
        .setAuthority(GOV)
        .addSendEnabled(
            SendEnabled.newBuilder()
                .setDenom("coin" + random.nextInt(5))
                .setEnabled(random.nextBoolean()))
        .addUseDefaultFor("coin" + random.nextInt(5))
        .build();
  }

  private Message weightedVote() {
    return MsgVoteWeighted.newBuilder()
        .setProposalId(id())
        .setVoter(validator)
        .addOptions(weighted(VoteOption.VOTE_OPTION_YES, "0.7"))
        .addOptions(weighted(VoteOption.VOTE_OPTION_ABSTAIN, "0.30"))
        .setMetadata("why " + random.nextInt(10))
        .build();
  }

  private Message cancel() {
    return MsgCancelProposal.newBuilder().setProposalId(id()).setProposer(someone()).build();
  }

  /** One of the last proposals. */
  private long id() {
    byte[] next = chain.entries("gov").get(new byte[] {3});
    return Math.max(
        1, ByteBuffer.wrap(Objects.requireNonNull(next)).getLong() - 1 - random.nextInt(8));
  }

  private String someone() {
    return pick(List.of(A, B));
  }

  private String stranger() {
    return GovChain.ADDRESSES.account(Addresses.module("stranger" + random.nextInt(20)));
  }

  private <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private static List<VoteOption> options() {
    return List.of(
        VoteOption.VOTE_OPTION_YES,
        VoteOption.VOTE_OPTION_YES,
        VoteOption.VOTE_OPTION_NO,
        VoteOption.VOTE_OPTION_NO_WITH_VETO);
  }

  private static WeightedVoteOption weighted(VoteOption option, String weight) {
    return WeightedVoteOption.newBuilder().setOption(option).setWeight(weight).build();
  }
}
