package io.segue.bundles.upgrade;

import static io.segue.bundles.upgrade.UpgradeChain.plan;
import static io.segue.bundles.upgrade.UpgradeChain.schedule;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Struct;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.proto.upgrade.ModuleVersion;
import io.segue.bundles.sdk.proto.upgrade.QueryModuleVersionsRequest;
import io.segue.bundles.sdk.proto.upgrade.QueryModuleVersionsResponse;
import io.segue.bundles.sdk.proto.upgrade.QueryUpgradedConsensusStateRequest;
import io.segue.kernel.api.abci.Abci.QueryResponse;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.upgrade.Plan;
import io.segue.kernel.api.upgrade.PlanInfo;
import io.segue.kernel.api.upgrade.UpgradeParams;
import io.segue.kernel.api.upgrade.Upgrades;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UpgradeQueriesTest {
  private final UpgradeChain chain = UpgradeChain.started();

  @AfterEach
  void closeChain() {
    chain.close();
  }

  @Test
  void writesAPlanAsTheSdkDoes() {
    chain.succeed(schedule(plan("v2", 1000).setInfo("{\"platform\":{}}")));
    Struct expected = Vectors.entry("queries", "meaning", "plan v2 at 1000");
    // The recorded info has binaries without any, which are refused here.
    String recorded = HexFormat.of().formatHex(Vectors.hex(expected, "response_hex"));
    assertThat(HexFormat.of().formatHex(answer(expected)))
        .isEqualTo(recorded.replace(hex("binaries"), hex("platform")));
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void writesARecordedPlanByteForByte() {
    Struct recorded =
        Vectors.entry("queries_recorded", "path", "/cosmos.upgrade.v1beta1.Query/Cur");
    chain.succeed(schedule(plan("v3", 100_830).setInfo("inf")));
    assertThat(answer(recorded)).isEqualTo(Vectors.hex(recorded, "value_hex"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("answersWithoutAPlan")
  void answersAsRecordedWhereNoPlanIsPending(Struct expected) {
    String field = expected.containsFields("response_hex") ? "response_hex" : "value_hex";
    assertThat(answer(expected)).isEqualTo(Vectors.hex(expected, field));
  }

  static Stream<Struct> answersWithoutAPlan() {
    return Stream.of(
        Vectors.entry("queries", "meaning", "no plan"),
        Vectors.entry("queries", "meaning", "authority"),
        Vectors.entry("queries_recorded", "path", "/cosmos.upgrade.v1beta1.Query/AppliedPlan"),
        Vectors.entry("queries_recorded", "path", "/cosmos.upgrade.v1beta1.Query/ModuleVersions"),
        Vectors.entry("queries_recorded", "path", "/cosmos.upgrade.v1beta1.Query/Authority"));
  }

  @Test
  void anAppliedPlanHasItsHeight() {
    Struct expected = Vectors.entry("queries", "meaning", "applied at 1000");
    byte[] answer =
        new UpgradeModule(new Addresses("cosmos"))
            .queries()
            .get(Vectors.text(expected, "path"))
            .query(contextWith(new Applied("v2", 1000)), Vectors.hex(expected, "request_hex"));
    assertThat(answer).isEqualTo(Vectors.hex(expected, "response_hex"));
  }

  @Test
  void listsTheVersionsOfAllModulesByName() {
    QueryModuleVersionsResponse versions =
        chain.ask(
            "ModuleVersions",
            QueryModuleVersionsRequest.getDefaultInstance(),
            QueryModuleVersionsResponse.parser());
    assertThat(versions.getModuleVersionsList())
        .extracting(ModuleVersion::getName)
        .contains("auth", "bank", "upgrade")
        .isSorted();
  }

  @Test
  void anUnknownModuleIsNamed() {
    QueryResponse answer =
        chain.query(
            "ModuleVersions",
            QueryModuleVersionsRequest.newBuilder().setModuleName("nope").build());
    assertThat(answer.code()).isEqualTo(6);
    assertThat(answer.codespace()).isEqualTo("sdk");
    assertThat(answer.log())
        .isEqualTo(
            "x/upgrade: QueryModuleVersions module nope not found: module version not found:"
                + " unknown request");
  }

  @Test
  @SuppressWarnings("deprecation")
  void thereIsNoUpgradedConsensusState() {
    QueryResponse answer =
        chain.query(
            "UpgradedConsensusState",
            QueryUpgradedConsensusStateRequest.newBuilder().setLastHeight(5).build());
    assertThat(answer.code()).isZero();
    assertThat(answer.value()).isEmpty();
  }

  private byte[] answer(Struct expected) {
    QueryResponse answer =
        chain.chain().query(Vectors.text(expected, "path"), Vectors.hex(expected, "request_hex"));
    assertThat(answer.log()).isEmpty();
    return answer.value();
  }

  /** A context of which only the plans are asked. */
  private static Context contextWith(Upgrades upgrades) {
    return (Context)
        Proxy.newProxyInstance(
            Context.class.getClassLoader(),
            new Class<?>[] {Context.class},
            (proxy, method, arguments) -> {
              assertThat(method.getName()).isEqualTo("upgrades");
              return upgrades;
            });
  }

  /** Plans of which one was applied. */
  private record Applied(String name, long height) implements Upgrades {
    @Override
    public Optional<Plan> plan() {
      return Optional.empty();
    }

    @Override
    public OptionalLong doneAt(String asked) {
      return asked.equals(name) ? OptionalLong.of(height) : OptionalLong.empty();
    }

    @Override
    public SortedMap<String, Long> moduleVersions() {
      return new TreeMap<>();
    }

    @Override
    public long protocolVersion() {
      return 2;
    }

    @Override
    public PlanInfo info(Plan plan) {
      throw new UnsupportedOperationException("no plan is pending");
    }

    @Override
    public void check(Plan plan) {}

    @Override
    public void schedule(Plan plan) {}

    @Override
    public void cancel() {}

    @Override
    public UpgradeParams params() {
      return UpgradeParams.DEFAULT;
    }

    @Override
    public void setParams(UpgradeParams params) {}
  }
}
