package io.segue.kernel.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.segue.kernel.api.abci.Abci.CheckTxRequest;
import io.segue.kernel.api.abci.Abci.CheckTxResponse;
import io.segue.kernel.api.abci.Abci.ExecTxResult;
import io.segue.kernel.api.abci.Abci.QueryResponse;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.MessageHandler;
import io.segue.kernel.api.module.Module;
import io.segue.kernel.api.module.QueryHandler;
import io.segue.kernel.api.upgrade.StoreLoad;
import io.segue.kernel.api.upgrade.UpgradeContext;
import io.segue.kernel.api.upgrade.UpgradeHandler;
import io.segue.kernel.testkit.modules.PlainTx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A module ends with an upgrade, on a whole kernel: what becomes of its messages and its past. */
class RemovedModuleTest {
  private static final long HEIGHT = 4;
  private static final String PING = "/old.Ping";
  private static final String QUERY = "/old.Query/Last";

  @TempDir Path home;
  private TestNode node;

  @BeforeEach
  void start() throws Exception {
    FakeBundles bundles = new FakeBundles();
    byte[] genesis =
        bundles
            .generation("genesis")
            .module(CounterModule.one())
            .module(new PlanningModule())
            .module(new OldModule())
            .artifact();
    byte[] v2 = bundles.generation("v2").removed("old").handler(Removal::new).artifact();
    node = TestNode.aNode(home).withBundles(bundles).withGenesis(genesis).start();
    node.block(ping());
    node.deploy(v2);
    node.block(PlanningModule.schedule("v2", HEIGHT, ""));
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void aTransactionThatWaitsIsDroppedWithItsCodeWhenTheNewCodeChecksItAgain() {
    assertThat(check(false).code()).isZero();
    assertThat(check(true).code()).isZero();

    upgrade();

    CheckTxResponse again = check(true);
    assertThat(again.codespace()).isEqualTo("sdk");
    assertThat(again.code()).isEqualTo(6);
    assertThat(again.log()).contains(PING);
    assertThat(check(false).code()).isEqualTo(6);
  }

  @Test
  void aTransactionInTheBlockOfTheHeightRunsOnTheNewCodeAndFails() {
    node.block();

    ExecTxResult result = node.block(ping()).txResults().get(0);

    assertThat(node.height()).isEqualTo(HEIGHT);
    assertThat(result.code()).isEqualTo(6);
    assertThat(result.log()).contains(PING);
  }

  @Test
  void pastHeightsAnswerByTheModuleThatEndedAndLaterOnesDoNot() {
    upgrade();

    assertThat(ask(HEIGHT - 1)).isEqualTo("1");
    QueryResponse later = node.query(QUERY, new byte[0], HEIGHT);
    assertThat(later.code()).isNotZero();
    assertThat(later.log()).contains("unknown query path");
  }

  @Test
  void itsStoreAndItsVersionGoWithIt() {
    assertThat(node.roots()).containsKey("old");

    upgrade();

    assertThat(node.roots()).doesNotContainKey("old");
    assertThat(node.node().status().generation()).isEqualTo("v2");
  }

  private void upgrade() {
    while (node.height() < HEIGHT) {
      node.block();
    }
  }

  private CheckTxResponse check(boolean again) {
    return node.application().checkTx(new CheckTxRequest(ping(), again));
  }

  private String ask(long height) {
    return new String(node.query(QUERY, new byte[0], height).value(), StandardCharsets.UTF_8);
  }

  private static byte[] ping() {
    return PlainTx.of(PING, new byte[0]);
  }

  /** The handler of the upgrade that ends the module. */
  private static final class Removal implements UpgradeHandler {
    @Override
    public List<StoreLoad> prepare(UpgradeContext context) {
      return List.of(new StoreLoad.Delete("old"));
    }
  }

  /** Keeps the height of the last message. */
  private static final class OldModule implements Module {
    private static final byte[] LAST = {1};

    @Override
    public String name() {
      return "old";
    }

    @Override
    public long consensusVersion() {
      return 1;
    }

    @Override
    public Map<String, MessageHandler> messages() {
      return Map.of(PING, new Ping());
    }

    @Override
    public Map<String, QueryHandler> queries() {
      return Map.of(QUERY, (context, request) -> context.store().get(LAST));
    }
  }

  private static final class Ping implements MessageHandler {
    @Override
    public List<byte[]> signers(byte[] message) {
      return List.of();
    }

    @Override
    public byte[] handle(Context context, byte[] message) {
      context
          .store()
          .set(OldModule.LAST, Long.toString(context.height()).getBytes(StandardCharsets.UTF_8));
      return new byte[0];
    }
  }
}
