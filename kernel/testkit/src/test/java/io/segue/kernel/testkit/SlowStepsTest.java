package io.segue.kernel.testkit;

import static io.segue.kernel.testkit.Holding.HEIGHT;
import static org.assertj.core.api.Assertions.assertThat;

import io.segue.kernel.api.abci.Abci.ValidatorUpdate;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.MessageHandler;
import io.segue.kernel.api.module.Module;
import io.segue.kernel.api.module.QueryHandler;
import io.segue.kernel.api.node.Node.SlowStep;
import io.segue.kernel.api.upgrade.UpgradeContext;
import io.segue.kernel.api.upgrade.UpgradeHandler;
import io.segue.kernel.core.node.KernelSettings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** While a step runs the node names it; each step here asks the node itself, until it is named. */
class SlowStepsTest {
  private static final KernelSettings SHORT = KernelSettings.DEFAULT.withSlowStepMs(1);

  /** Longer than any of this takes. */
  private static final long LIMIT_NS = 30_000_000_000L;

  @TempDir Path folder;

  private final CounterChain chain = new CounterChain();
  private final AtomicReference<TestNode> node = new AtomicReference<>();
  private final Map<String, SlowStep> named = new HashMap<>();

  /** A counter whose begin and end of a block, messages and queries wait until they are named. */
  private Module slow(Module counter) {
    return new Delegating("counter", counter) {
      @Override
      public void beginBlock(Context context) {
        untilNamed("begin of block");
      }

      @Override
      public List<ValidatorUpdate> endBlock(Context context) {
        untilNamed("end of block");
        return List.of();
      }

      @Override
      public Map<String, MessageHandler> messages() {
        Map<String, MessageHandler> slow = new HashMap<>();
        super.messages()
            .forEach(
                (type, handler) ->
                    slow.put(
                        type,
                        new MessageHandler() {
                          @Override
                          public List<byte[]> signers(byte[] message) {
                            return handler.signers(message);
                          }

                          @Override
                          public byte[] handle(Context context, byte[] message) {
                            untilNamed("message");
                            return handler.handle(context, message);
                          }
                        }));
        return slow;
      }

      @Override
      public Map<String, QueryHandler> queries() {
        Map<String, QueryHandler> slow = new HashMap<>();
        super.queries()
            .forEach(
                (path, handler) ->
                    slow.put(
                        path,
                        (context, request) -> {
                          untilNamed("query");
                          return handler.query(context, request);
                        }));
        return slow;
      }
    };
  }

  @Test
  void namesTheStepThatRunsWithModuleAndMessage() throws Exception {
    byte[] v2 =
        chain.v2(
            () ->
                new UpgradeHandler() {
                  @Override
                  public void handle(UpgradeContext context) {
                    untilNamed("handler of v2");
                    context.runMigrations();
                  }
                },
            CounterModule.two());
    TestNode.Builder parts =
        TestNode.aNode(folder)
            .withSettings(SHORT)
            .withBundles(chain.bundles)
            .withGenesis(chain.genesis(slow(CounterModule.one())));
    try (TestNode started = parts.start()) {
      node.set(started);
      started.deploy(v2);
      started.block(CounterModule.tx(), PlanningModule.schedule("v2", HEIGHT, ""));
      CounterChain.count(started);
      started.blocksUntil(HEIGHT);
      assertThat(named.get("begin of block").module()).isEqualTo("counter");
      assertThat(named.get("end of block").module()).isEqualTo("counter");
      assertThat(named.get("message").message()).isEqualTo(CounterModule.COUNT);
      assertThat(named.get("query").message()).isEqualTo(CounterModule.QUERY);
      assertThat(named.get("handler of v2").ageMs()).isPositive();
      assertThat(started.node().slowSteps()).as("when all are done").isEmpty();
    }
  }

  private void untilNamed(String step) {
    TestNode asked = node.get();
    long end = System.nanoTime() + LIMIT_NS;
    while (asked != null && !named.containsKey(step)) {
      if (System.nanoTime() > end) {
        throw new AssertionError("waited in vain for " + step + " to be named");
      }
      asked.node().slowSteps().stream()
          .filter(slow -> slow.step().startsWith(step))
          .findFirst()
          .ifPresent(slow -> named.put(step, slow));
    }
  }
}
