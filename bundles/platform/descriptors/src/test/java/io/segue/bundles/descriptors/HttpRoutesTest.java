package io.segue.bundles.descriptors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.DynamicMessage;
import io.segue.bundles.descriptors.HttpRoutes.Match;
import io.segue.bundles.sdk.proto.bank.QueryAllBalancesRequest;
import io.segue.bundles.sdk.proto.bank.QueryBalanceRequest;
import io.segue.bundles.sdk.proto.base.PageRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpRoutesTest {
  private final Types types = SdkTypes.types();

  @Test
  void findsTheRouteThatNamesMoreOfThePath() {
    assertThat(path("/cosmos/bank/v1beta1/balances/a"))
        .isEqualTo("/cosmos.bank.v1beta1.Query/AllBalances");
    assertThat(path("/cosmos/bank/v1beta1/balances/a/by_denom"))
        .isEqualTo("/cosmos.bank.v1beta1.Query/Balance");
    assertThat(path("/cosmos/bank/v1beta1/supply/by_denom"))
        .isEqualTo("/cosmos.bank.v1beta1.Query/SupplyOf");
    assertThat(path("/cosmos/bank/v1beta1/balances/"))
        .isEqualTo("/cosmos.bank.v1beta1.Query/AllBalances");
    assertThat(types.routes().find("GET", "/cosmos/bank/v1beta1/balances//by_denom")).isEmpty();
    assertThat(types.routes().find("GET", "/cosmos/bank/v1beta1/params/")).isEmpty();
    assertThat(types.routes().find("GET", "/cosmos/bank/v1beta1/balances/a/")).isEmpty();
    assertThat(types.routes().find("GET", "/a".repeat(30_000))).isEmpty();
    assertThat(types.routes().find("POST", "/cosmos/bank/v1beta1/supply")).isEmpty();
    assertThat(types.routes().knows("/cosmos/bank/v1beta1/supply")).isTrue();
  }

  @Test
  void fillsTheRequestFromPathAndParameters() throws Exception {
    assertThat(
            QueryBalanceRequest.parseFrom(
                request(
                        "/cosmos/bank/v1beta1/balances/a%2Fb%20c/by_denom",
                        Map.of("denom", List.of("ibc/A"), "nope", List.of("1", "2")))
                    .toByteArray()))
        .isEqualTo(QueryBalanceRequest.newBuilder().setAddress("a/b c").setDenom("ibc/A").build());
    assertThat(
            QueryAllBalancesRequest.parseFrom(
                request(
                        "/cosmos/bank/v1beta1/balances/a",
                        Map.of(
                            "address", List.of("other"),
                            "pagination.limit", List.of("2"),
                            "pagination.key", List.of("_-8="),
                            "pagination.countTotal", List.of("true")))
                    .toByteArray()))
        .isEqualTo(
            QueryAllBalancesRequest.newBuilder()
                .setAddress("a")
                .setPagination(
                    PageRequest.newBuilder()
                        .setLimit(2)
                        .setKey(
                            com.google.protobuf.ByteString.copyFrom(
                                new byte[] {(byte) 0xff, (byte) 0xef}))
                        .setCountTotal(true))
                .build());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pagination.limit|abc|strconv.ParseUint: parsing \"abc\": invalid syntax",
        "pagination.limit|-1|strconv.ParseUint: parsing \"-1\": invalid syntax",
        "pagination.limit|18446744073709551616"
            + "|strconv.ParseUint: parsing \"18446744073709551616\": value out of range",
        "pagination.key|?|illegal base64 data: ?",
        "pagination.reverse|maybe|strconv.ParseBool: parsing \"maybe\": invalid syntax",
        "pagination|1|field pagination can't be a query parameter",
        "pagination.limit.x|1|field pagination.limit.x can't be a query parameter",
      })
  void refusesParametersThatDoNotFit(String name, String value, String why) {
    assertThatThrownBy(() -> request("/cosmos/bank/v1beta1/supply", Map.of(name, List.of(value))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(why);
  }

  @Test
  void refusesAParameterThatStandsTwice() {
    assertThatThrownBy(
            () ->
                request(
                    "/cosmos/bank/v1beta1/supply", Map.of("pagination.limit", List.of("1", "2"))))
        .hasMessage("parameter pagination.limit stands twice");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%", "%zz", "%ff", "%c3%28", "a%e0%80"})
  void refusesPathsThatAreNoPercentEncodedUtf8(String part) {
    assertThatThrownBy(() -> types.routes().find("GET", "/cosmos/bank/v1beta1/balances/" + part))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void readsTemplates() {
    PathTemplate rest = PathTemplate.parse("/a/{b=c/**}:verb");
    assertThat(rest.segments()).hasSize(3);
    assertThat(rest.variables()).containsExactly(new PathTemplate.Variable("b", 1, 3));
    assertThat(rest.verb()).isEqualTo("verb");
    RouteTree tree = new RouteTree();
    HttpRoute route = types.routes().all().get(0);
    assertThat(tree.add(route)).isTrue();
    assertThat(tree.add(route)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "/a/{b", "/{a=**}/b", "/a{b}", "/{a}b", "/a/b}"})
  void refusesTemplatesThatAreNone(String text) {
    assertThatThrownBy(() -> PathTemplate.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is no template");
  }

  @Test
  void aSetThatCantBeReadLeavesOutNothingElse() {
    byte[] good =
        io.segue.bundles.sdk.DescriptorSets.of(QueryBalanceRequest.getDescriptor().getFile());
    Types some = SdkTypes.types(new byte[] {1, 2, 3}, good);
    assertThat(some.queries()).containsKey("/cosmos.bank.v1beta1.Query/Balance");
  }

  private String path(String path) {
    return types.routes().find("GET", path).orElseThrow().route().path();
  }

  private DynamicMessage request(String path, Map<String, List<String>> parameters) {
    Match match = types.routes().find("GET", path).orElseThrow();
    return match.route().request(match.variables(), parameters, new byte[0], types.json());
  }
}
