package io.segue.bundles.bank;

import static io.segue.bundles.bank.BankChain.A;
import static io.segue.bundles.bank.BankChain.B;
import static io.segue.bundles.bank.BankChain.NEW;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.segue.bundles.sdk.proto.bank.Metadata;
import io.segue.bundles.sdk.proto.bank.QueryAllBalancesRequest;
import io.segue.bundles.sdk.proto.bank.QueryAllBalancesResponse;
import io.segue.bundles.sdk.proto.bank.QueryBalanceRequest;
import io.segue.bundles.sdk.proto.bank.QueryDenomMetadataByQueryStringRequest;
import io.segue.bundles.sdk.proto.bank.QueryDenomMetadataRequest;
import io.segue.bundles.sdk.proto.bank.QueryDenomMetadataResponse;
import io.segue.bundles.sdk.proto.bank.QueryDenomOwnersByQueryRequest;
import io.segue.bundles.sdk.proto.bank.QueryDenomOwnersRequest;
import io.segue.bundles.sdk.proto.bank.QueryDenomOwnersResponse;
import io.segue.bundles.sdk.proto.bank.QueryDenomsMetadataRequest;
import io.segue.bundles.sdk.proto.bank.QueryDenomsMetadataResponse;
import io.segue.bundles.sdk.proto.bank.QueryParamsRequest;
import io.segue.bundles.sdk.proto.bank.QueryParamsResponse;
import io.segue.bundles.sdk.proto.bank.QuerySpendableBalanceByDenomRequest;
import io.segue.bundles.sdk.proto.bank.QuerySpendableBalanceByDenomResponse;
import io.segue.bundles.sdk.proto.bank.QuerySpendableBalancesRequest;
import io.segue.bundles.sdk.proto.bank.QuerySpendableBalancesResponse;
import io.segue.bundles.sdk.proto.bank.QuerySupplyOfRequest;
import io.segue.bundles.sdk.proto.bank.QueryTotalSupplyRequest;
import io.segue.bundles.sdk.proto.base.PageRequest;
import io.segue.kernel.api.abci.Abci.QueryResponse;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/**
 * The bank's answers: bytes of the wire vectors, and errors as a Cosmos SDK 0.50 chain has them.
 */
class BankQueriesTest {
  private static final String GENESIS =
      """
      {"params": {"default_send_enabled": true},
       "balances": [
        {"address": "%s", "coins": [
          {"denom": "ufee", "amount": "5"}, {"denom": "ustake", "amount": "1000000000"}]},
        {"address": "%s", "coins": [
          {"denom": "stake", "amount": "1000000000000"},
          {"denom": "ufee", "amount": "999999996514"},
          {"denom": "ustake", "amount": "1000000000072"}]}],
       "denom_metadata": [
        {"description": "of fees", "base": "ufee", "display": "fee", "name": "Fee",
         "symbol": "FEE", "denom_units": [{"denom": "ufee"}, {"denom": "fee", "exponent": 6}]}]}
      """
          .formatted(A, B);

  private final BankChain chain = BankChain.startedWith(GENESIS);

  @AfterEach
  void close() {
    chain.close();
  }

  @ParameterizedTest
  @CsvFileSource(resources = "/queries.csv", delimiter = ' ')
  void answersWithTheBytesThatWereRecorded(String method, String request, String response) {
    HexFormat hex = HexFormat.of();
    byte[] asked = request.equals("-") ? new byte[0] : hex.parseHex(request);

    QueryResponse answer = chain.chain().query("/cosmos.bank.v1beta1.Query/" + method, asked);

    assertThat(hex.formatHex(answer.value())).isEqualTo(response);
  }

  @Test
  void givesTheNextPageByKey() throws Exception {
    QueryAllBalancesResponse first = balances(PageRequest.newBuilder().setLimit(2).build());
    QueryAllBalancesResponse second =
        balances(PageRequest.newBuilder().setKey(first.getPagination().getNextKey()).build());

    assertThat(first.getBalancesCount()).isEqualTo(2);
    assertThat(first.getPagination().getNextKey()).isEqualTo(ByteString.copyFromUtf8("ustake"));
    assertThat(second.getBalancesList()).hasSize(1);
    assertThat(second.getBalances(0).getDenom()).isEqualTo("ustake");
    assertThat(second.getPagination().getNextKey()).isEmpty();
  }

  @Test
  void answersAnUnknownAccountWithNothing() throws Exception {
    QueryResponse answer =
        chain.query("AllBalances", QueryAllBalancesRequest.newBuilder().setAddress(NEW).build());

    assertThat(answer.code()).isZero();
    assertThat(QueryAllBalancesResponse.parseFrom(answer.value()).getBalancesList()).isEmpty();
  }

  @Test
  void letsAnAccountSpendAllItHas() throws Exception {
    QueryResponse answer =
        chain.query(
            "SpendableBalances", QuerySpendableBalancesRequest.newBuilder().setAddress(B).build());

    assertThat(QuerySpendableBalancesResponse.parseFrom(answer.value()).getBalancesList())
        .isEqualTo(balances(PageRequest.getDefaultInstance()).getBalancesList());
  }

  @Test
  void listsWhoHoldsADenomination() throws Exception {
    QueryResponse answer =
        chain.query("DenomOwners", QueryDenomOwnersRequest.newBuilder().setDenom("ufee").build());

    QueryDenomOwnersResponse owners = QueryDenomOwnersResponse.parseFrom(answer.value());
    assertThat(owners.getDenomOwnersList())
        .extracting(owner -> owner.getAddress() + " " + owner.getBalance().getAmount())
        .containsExactlyInAnyOrder(A + " 5", B + " 999999996514");
    assertThat(owners.getPagination().getTotal()).isEqualTo(2);

    QueryDenomOwnersResponse first =
        QueryDenomOwnersResponse.parseFrom(owners(PageRequest.newBuilder().setLimit(1)).value());
    QueryDenomOwnersResponse second =
        QueryDenomOwnersResponse.parseFrom(
            owners(PageRequest.newBuilder().setKey(first.getPagination().getNextKey())).value());
    assertThat(first.getDenomOwnersCount() + second.getDenomOwnersCount()).isEqualTo(2);
    assertThat(second.getDenomOwners(0)).isEqualTo(owners.getDenomOwners(1));
    assertThat(
            chain
                .query(
                    "DenomOwnersByQuery",
                    QueryDenomOwnersByQueryRequest.newBuilder().setDenom("ufee").build())
                .value())
        .isEqualTo(answer.value());
  }

  private QueryResponse owners(PageRequest.Builder page) {
    return chain.query(
        "DenomOwners",
        QueryDenomOwnersRequest.newBuilder().setDenom("ufee").setPagination(page).build());
  }

  @Test
  void answersOneSpendableBalance() throws Exception {
    QueryResponse answer =
        chain.query(
            "SpendableBalanceByDenom",
            QuerySpendableBalanceByDenomRequest.newBuilder()
                .setAddress(A)
                .setDenom("ufee")
                .build());

    assertThat(
            QuerySpendableBalanceByDenomResponse.parseFrom(answer.value()).getBalance().getAmount())
        .isEqualTo("5");
  }

  @Test
  void answersMetadataByQueryStringAsByPath() {
    assertThat(
            chain
                .query(
                    "DenomMetadataByQueryString",
                    QueryDenomMetadataByQueryStringRequest.newBuilder().setDenom("ufee").build())
                .value())
        .isNotEmpty()
        .isEqualTo(
            chain
                .query(
                    "DenomMetadata",
                    QueryDenomMetadataRequest.newBuilder().setDenom("ufee").build())
                .value());
  }

  @Test
  void answersTheParameters() throws Exception {
    QueryResponse answer = chain.query("Params", QueryParamsRequest.getDefaultInstance());

    assertThat(QueryParamsResponse.parseFrom(answer.value()).getParams().getDefaultSendEnabled())
        .isTrue();
  }

  @Test
  void answersHowADenominationIsShown() throws Exception {
    Metadata metadata =
        QueryDenomMetadataResponse.parseFrom(
                chain
                    .query(
                        "DenomMetadata",
                        QueryDenomMetadataRequest.newBuilder().setDenom("ufee").build())
                    .value())
            .getMetadata();

    assertThat(metadata.getSymbol()).isEqualTo("FEE");
    assertThat(
            QueryDenomsMetadataResponse.parseFrom(
                    chain
                        .query("DenomsMetadata", QueryDenomsMetadataRequest.getDefaultInstance())
                        .value())
                .getMetadatasList())
        .containsExactly(metadata);
  }

  @Test
  void refusesAMalformedAddress() {
    assertRefused(
        "AllBalances",
        QueryAllBalancesRequest.newBuilder().setAddress("xyz").build(),
        18,
        "rpc error: code = InvalidArgument desc = invalid address: decoding bech32 failed: invalid"
            + " bech32 string length 3: invalid request");
  }

  @Test
  void refusesAnInvalidDenomination() {
    String log = "rpc error: code = InvalidArgument desc = invalid denom: : invalid request";
    assertRefused("Balance", QueryBalanceRequest.newBuilder().setAddress(A).build(), 18, log);
    assertRefused("SupplyOf", QuerySupplyOfRequest.getDefaultInstance(), 18, log);
  }

  @Test
  void doesNotFindMetadataThatIsNotThere() {
    assertRefused(
        "DenomMetadata",
        QueryDenomMetadataRequest.newBuilder().setDenom("nope").build(),
        22,
        "rpc error: code = NotFound desc = client metadata for denom nope: key not found");
  }

  @Test
  void refusesAPageByKeyAndOffset() {
    assertRefused(
        "TotalSupply",
        QueryTotalSupplyRequest.newBuilder()
            .setPagination(
                PageRequest.newBuilder().setKey(ByteString.copyFromUtf8("a")).setOffset(1))
            .build(),
        18,
        "rpc error: code = InvalidArgument desc = paginate: invalid request, either offset or key"
            + " is expected, got both: invalid request");
  }

  private QueryAllBalancesResponse balances(PageRequest page) throws Exception {
    return QueryAllBalancesResponse.parseFrom(
        chain
            .query(
                "AllBalances",
                QueryAllBalancesRequest.newBuilder().setAddress(B).setPagination(page).build())
            .value());
  }

  private void assertRefused(String method, Message request, int code, String log) {
    QueryResponse answer = chain.query(method, request);
    assertThat(answer.codespace()).isEqualTo("sdk");
    assertThat(answer.code()).isEqualTo(code);
    assertThat(answer.log()).isEqualTo(log);
  }
}
