package io.segue.bundles.consensus.comet.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.segue.bundles.consensus.comet.abci.StubApplication;
import io.segue.kernel.api.node.NodeHold;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Who is told when, by round states of CometBFT. The application is at height 7, its root is 07.
 */
class AgreementTest {
  private RecordedComet comet;
  private StubApplication application;
  private Agreement agreement;
  private boolean waits = true;

  @BeforeEach
  void open() throws IOException {
    comet = new RecordedComet();
    application = new StubApplication();
    agreement =
        new Agreement(
            new RpcClient(comet.uri(), Duration.ofSeconds(20), RpcClient.MAX_ANSWER_BYTES),
            application,
            () -> waits);
  }

  @AfterEach
  void close() {
    agreement.close();
    comet.close();
  }

  @Test
  void namesBothRootsWhereTheProposedBlockHasAnother() {
    shows(8, "AABB", 8);
    agreement.look(0);
    agreement.look(Agreement.QUIET_MS - 1);
    assertThat(agreement.hold()).as("blocks may take so long").isEmpty();
    agreement.look(Agreement.QUIET_MS);
    NodeHold hold = agreement.hold().orElseThrow();
    assertThat(hold.reason()).isEqualTo("DISAGREES");
    assertThat(hold.stopsBlocks()).isTrue();
    assertThat(hold.text()).contains("height 7", "aabb", "computed 07", "segue diverge --with");
    application.committed(8);
    agreement.look(Agreement.QUIET_MS + 1);
    assertThat(agreement.hold()).isEmpty();
  }

  @Test
  void saysNothingWhereRootsAreAlike() {
    shows(8, "07", 900);
    agreement.look(0);
    agreement.look(Agreement.STILL_MS - 1);
    assertThat(agreement.hold()).isEmpty();
  }

  @Test
  void saysThatPeersAreFurtherWhereNothingHappensForLong() {
    shows(8, "07", 10);
    agreement.look(0);
    agreement.look(Agreement.STILL_MS);
    assertThat(agreement.hold().orElseThrow().reason()).isEqualTo("STANDS_STILL");
    assertThat(agreement.hold().orElseThrow().message()).contains("height 8");
    shows(8, "07", 9);
    agreement.look(Agreement.STILL_MS + 1);
    assertThat(agreement.hold()).as("one height is no distance").isEmpty();
  }

  @Test
  void doesNotLookWhileTheNodeHasABlockInHand() {
    shows(8, "AABB", 900);
    agreement.look(0);
    waits = false;
    agreement.look(Agreement.STILL_MS);
    waits = true;
    agreement.look(Agreement.STILL_MS + 1);
    assertThat(agreement.hold()).isEmpty();
    assertThat(comet.asked()).isEmpty();
  }

  @Test
  void keepsWhatItFoundWhileCometBftDoesNotAnswer() {
    shows(8, "AABB", 8);
    agreement.look(0);
    agreement.look(Agreement.QUIET_MS);
    comet.instead = (method, params) -> RecordedComet.error("no");
    agreement.look(Agreement.QUIET_MS + 1);
    assertThat(agreement.hold()).isPresent();
  }

  private void shows(long height, String appHash, long peerHeight) {
    String answer =
        ("{'result':{'round_state':{'height':'%d','proposal_block':{'header':{'app_hash':'%s'}}},"
                + "'peers':[{'peer_state':{'round_state':{'height':'%d'}}}]}}")
            .formatted(height, appHash, peerHeight)
            .replace('\'', '"');
    comet.instead =
        (method, params) -> method.equals("dump_consensus_state") ? answer.getBytes(UTF_8) : null;
  }
}
