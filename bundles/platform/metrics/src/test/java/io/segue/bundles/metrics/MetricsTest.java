package io.segue.bundles.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.segue.bundles.http.HttpRequest;
import io.segue.bundles.http.HttpResponse;
import io.segue.kernel.api.abci.Abci.ExecTxResult;
import io.segue.kernel.api.abci.Abci.FinalizeBlockResponse;
import io.segue.kernel.api.engine.Engine;
import io.segue.kernel.api.node.Node;
import io.segue.kernel.api.node.NodeHold;
import io.segue.kernel.api.node.NodeSettings;
import io.segue.kernel.api.node.NodeState;
import io.segue.kernel.api.node.PartFailure;
import io.segue.kernel.api.node.StateInspection.StoreStatus;
import io.segue.kernel.api.node.UpgradeState;
import io.segue.kernel.api.upgrade.Plan;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MetricsTest {
  private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final Parts parts = new Parts();
  private final MetricsServer server =
      new MetricsServer(() -> registry, () -> ReadinessProbe.obstacles(parts));
  private BlockCounts counts;

  @BeforeEach
  void register() {
    Engine engine = parts.engine;
    counts = new BlockCounts(engine);
    registry.register(new NodeMetrics(parts, () -> Optional.of(counts), "1.0.0"));
  }

  @Test
  void tellsOfTheChainByTheNamesOfCometBft() throws Exception {
    counts.committed(1);
    counts.committed(2);
    assertThat(get("/metrics", 200))
        .contains(
            "\ncometbft_consensus_latest_block_height{chain_id=\"c-1\"} 2.0\n",
            "\ncometbft_consensus_block_interval_seconds_count{chain_id=\"c-1\"} 1\n",
            "\ncometbft_consensus_block_interval_seconds_sum{chain_id=\"c-1\"} 1.5\n",
            "\ncometbft_consensus_validators_power{chain_id=\"c-1\"} 7.0\n",
            "\ncometbft_consensus_total_txs{chain_id=\"c-1\"} 4.0\n",
            "\ntx_failed{chain_id=\"c-1\"} 2.0\n",
            "\ntx_gas_used{chain_id=\"c-1\"} 40.0\n",
            "\nserver_info{chain_id=\"c-1\",version=\"1.0.0\"} 1\n");
  }

  @Test
  void tellsOfTheUpgradeAndOfWhatHolds() throws Exception {
    parts.holds.add(new NodeHold("engine", "DISK_FULL", "the disk is full", "make room", true));
    assertThat(get("/metrics", 200))
        .contains(
            "\nsegue_upgrade_blocks_left{chain_id=\"c-1\",plan=\"v2\"} 8.0\n",
            "\nsegue_upgrade_state_info{chain_id=\"c-1\",plan=\"v2\",state=\"READY\"} 1\n",
            "\nsegue_held{chain_id=\"c-1\"} 1.0\n",
            "\nsegue_hold{chain_id=\"c-1\",part=\"engine\",reason=\"DISK_FULL\"} 1.0\n",
            "\nsegue_store_entries{chain_id=\"c-1\",store=\"bank\"} 5.0\n");
  }

  @Test
  void namesTheStepsThatRunForLong() throws Exception {
    assertThat(get("/metrics", 200)).contains("\nsegue_slow_steps{chain_id=\"c-1\"} 0.0\n");
    parts.slow.add(new Node.SlowStep("message", "bank", "/cosmos.bank.v1beta1.MsgSend", 6_000));
    parts.slow.add(new Node.SlowStep("query", "", "/x.Query/Y", 7_500));
    parts.slow.add(new Node.SlowStep("query", "", "/x.Query/Y", 5_500));
    assertThat(get("/metrics", 200))
        .contains(
            "\nsegue_slow_steps{chain_id=\"c-1\"} 3.0\n",
            "\nsegue_slow_step_seconds{chain_id=\"c-1\",message=\"/cosmos.bank.v1beta1.MsgSend\","
                + "module=\"bank\",step=\"message\"} 6.0\n",
            "\nsegue_slow_step_seconds{chain_id=\"c-1\",message=\"/x.Query/Y\",module=\"\","
                + "step=\"query\"} 7.5\n");
  }

  @Test
  void isReadyWhileItMakesBlocksAndLivesInAnyCase() throws Exception {
    assertThat(get("/health/ready", 200)).isEqualTo("{\"ready\":true,\"reasons\":[]}");
    parts.holds.add(new NodeHold("index", "STORAGE", "slow", "wait", false));
    get("/health/ready", 200);
    parts.holds.add(new NodeHold("engine", "DISK_FULL", "the disk is full", "make room", true));
    assertThat(new ObjectMapper().readTree(get("/health/ready", 503)).at("/reasons/0").asText())
        .isEqualTo("the disk is full. Next: make room");
    assertThat(get("/health/live", 200)).isEqualTo("{\"live\":true}");
  }

  @Test
  void isNotReadyWhileItsEngineCatchesUp() throws Exception {
    parts.catchingUp = true;
    assertThat(get("/health/ready", 503)).contains("fetches blocks that the chain has already");
  }

  @Test
  void tellsOfTheNodeWhileItsEngineDoesNotAnswer() throws Exception {
    assertThat(get("/metrics", 200)).contains("\nsegue_engine_answers{chain_id=\"c-1\"} 1.0\n");
    parts.unavailable = "CometBFT does not answer";
    assertThat(get("/health/ready", 503)).contains("CometBFT does not answer");
    assertThat(get("/metrics", 200))
        .contains(
            "\nsegue_engine_answers{chain_id=\"c-1\"} 0.0\n",
            "\ncometbft_consensus_latest_block_height{chain_id=\"c-1\"} 2.0\n",
            "\nsegue_store_entries{chain_id=\"c-1\",store=\"bank\"} 5.0\n")
        .doesNotContain("cometbft_mempool_size");
  }

  @Test
  void answersWithoutAnyPart() throws Exception {
    parts.there = false;
    assertThat(get("/health/ready", 503)).contains("the node is starting");
    assertThat(get("/metrics", 200)).contains("server_info{");
    parts.failures.add(new PartFailure("the engine", "no key. Next: make one"));
    assertThat(get("/health/ready", 503)).contains("the engine does not run: no key.");
  }

  @Test
  void namesWhatThereIsWhereAPathIsUnknown() throws Exception {
    assertThat(get("/", 404)).contains("/metrics", "/health/ready");
  }

  private String get(String path, int status) throws Exception {
    HttpRequest request = new HttpRequest("GET", path, "", Map.of(), new byte[0], "test");
    HttpResponse response = server.handle(request).toCompletableFuture().get();
    assertThat(response.status()).isEqualTo(status);
    return new String(response.body(), 0, response.length(), UTF_8);
  }

  /** A node with two blocks, at the second of which an upgrade is eight blocks away. */
  private static final class Parts implements Sources {
    final List<NodeHold> holds = new ArrayList<>();
    final List<PartFailure> failures = new ArrayList<>();
    final List<Node.SlowStep> slow = new ArrayList<>();
    boolean there = true;
    boolean catchingUp;
    String unavailable = "";

    final Engine engine =
        proxy(
            Engine.class,
            (method, arguments) ->
                switch (method) {
                  case "chainId" -> "c-1";
                  case "height" -> 2L;
                  case "isCatchingUp" -> answered(catchingUp);
                  case "meta" -> answered(Optional.of(block((long) arguments[0])));
                  case "results" -> Optional.of(results());
                  case "validators" -> List.of(validator());
                  case "validator" -> validator();
                  case "mempool" -> new Engine.MempoolSize(3, 300);
                  default -> throw new AssertionError(method);
                });

    private final Node node =
        proxy(
            Node.class,
            (method, arguments) ->
                switch (method) {
                  case "status" ->
                      new Node.Status(
                          "c-1",
                          NodeState.RUNNING,
                          2,
                          "",
                          "genesis",
                          "ab",
                          1,
                          1,
                          1,
                          Optional.empty());
                  case "holds" -> List.copyOf(holds);
                  case "slowSteps" -> List.copyOf(slow);
                  case "history" -> List.of();
                  case "stores" -> List.of(new StoreStatus("bank", 5, ""));
                  case "upgrade" -> Optional.of(upgrade());
                  default -> throw new AssertionError(method);
                });

    @Override
    public Optional<Node> node() {
      return there ? Optional.of(node) : Optional.empty();
    }

    @Override
    public Optional<Engine> engine() {
      return there ? Optional.of(engine) : Optional.empty();
    }

    @Override
    public Optional<NodeSettings> settings() {
      return Optional.of(List::of);
    }

    @Override
    public List<PartFailure> failures() {
      return failures;
    }

    private <T> T answered(T answer) {
      if (!unavailable.isEmpty()) {
        throw new Engine.UnavailableException(unavailable);
      }
      return answer;
    }

    private static Engine.ValidatorInfo validator() {
      return new Engine.ValidatorInfo(new byte[20], new byte[32], 7);
    }

    private static Engine.BlockMeta block(long height) {
      byte[] none = {};
      Engine.BlockId id = new Engine.BlockId(none, 1, none);
      Instant time = TIME.plusMillis(1500 * height);
      Engine.Header header =
          new Engine.Header(
              11, 1, "c-1", height, time, id, none, none, none, none, none, none, none, none, none);
      return new Engine.BlockMeta(id, header, 500, 2);
    }

    private static FinalizeBlockResponse results() {
      return new FinalizeBlockResponse(
          List.of(), List.of(result(0), result(5)), List.of(), Optional.empty(), new byte[32]);
    }

    private static ExecTxResult result(int code) {
      return new ExecTxResult(code, new byte[0], "", 20, 10, List.of(), "");
    }

    private static Node.UpgradeStatus upgrade() {
      return new Node.UpgradeStatus(
          new Plan("v2", 10, ""),
          UpgradeState.READY,
          Optional.empty(),
          new Node.UpgradeStatus.Progress(Map.of(), ""),
          new Node.UpgradeStatus.Code(true, "", "", ""),
          new Node.UpgradeStatus.Change(List.of(), "", "", -1));
    }

    private static <T> T proxy(Class<T> type, Answer answer) {
      return type.cast(
          Proxy.newProxyInstance(
              type.getClassLoader(),
              new Class<?>[] {type},
              (proxy, method, arguments) -> answer.to(method.getName(), arguments)));
    }

    @FunctionalInterface
    private interface Answer {
      Object to(String method, Object[] arguments);
    }
  }
}
