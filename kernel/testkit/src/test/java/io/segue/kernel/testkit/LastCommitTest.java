package io.segue.kernel.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.segue.kernel.api.abci.Abci.CommitInfo;
import io.segue.kernel.api.abci.Abci.Event;
import io.segue.kernel.api.abci.Abci.FinalizeBlockRequest;
import io.segue.kernel.api.abci.Abci.FinalizeBlockResponse;
import io.segue.kernel.api.abci.Abci.Misbehavior;
import io.segue.kernel.api.abci.Abci.VoteInfo;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.Module;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who signed the block before, and evidence, reach the modules with the block that has them. */
class LastCommitTest {
  private static final byte[] SIGNED = {1};
  private static final byte[] ABSENT = {2};
  private static final int FLAG_ABSENT = 1;

  @TempDir Path folder;

  @Test
  void reachesTheModules() throws Exception {
    CounterChain chain = new CounterChain();
    byte[] genesis =
        chain
            .bundles
            .generation("genesis")
            .module(CounterModule.one())
            .module(new Witness())
            .module(new PlanningModule())
            .artifact();
    try (TestNode node =
        TestNode.aNode(folder).withBundles(chain.bundles).withGenesis(genesis).start()) {
      assertThat(told(node.block())).containsExactly("", "");
      FinalizeBlockResponse response =
          node.await(
              node.application()
                  .finalizeBlock(
                      new FinalizeBlockRequest(
                          List.of(),
                          new CommitInfo(
                              0,
                              List.of(
                                  new VoteInfo(SIGNED, 7, VoteInfo.COMMIT),
                                  new VoteInfo(ABSENT, 3, FLAG_ABSENT))),
                          List.of(
                              new Misbehavior(
                                  Misbehavior.DUPLICATE_VOTE, ABSENT, 3, 1, Instant.EPOCH, 10)),
                          new byte[32],
                          2,
                          Instant.parse("2026-01-01T00:01:00Z"),
                          new byte[32],
                          new byte[20]))
                  .toCompletableFuture());
      node.commit();
      assertThat(told(response)).containsExactly("01:7:true 02:3:false", "02@1");
      assertThat(told(node.block())).as("of another block").containsExactly("", "");
    }
  }

  private static List<String> told(FinalizeBlockResponse response) {
    return response.events().stream()
        .filter(event -> event.type().equals("witness"))
        .flatMap(event -> event.attributes().stream())
        .map(attribute -> attribute.value())
        .limit(2)
        .toList();
  }

  /** Tells in an event what it sees. */
  private static final class Witness implements Module {
    @Override
    public String name() {
      return "witness";
    }

    @Override
    public long consensusVersion() {
      return 1;
    }

    @Override
    public void beginBlock(Context context) {
      HexFormat hex = HexFormat.of();
      context.emit(
          Event.of(
              "witness",
              "votes",
              context.lastCommit().votes().stream()
                  .map(
                      v -> hex.formatHex(v.validatorAddress()) + ":" + v.power() + ":" + v.signed())
                  .collect(Collectors.joining(" ")),
              "evidence",
              context.misbehavior().stream()
                  .map(m -> hex.formatHex(m.validatorAddress()) + "@" + m.height())
                  .collect(Collectors.joining(" "))));
    }
  }
}
