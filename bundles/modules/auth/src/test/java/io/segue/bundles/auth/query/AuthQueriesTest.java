package io.segue.bundles.auth.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.segue.bundles.auth.TestChain;
import io.segue.bundles.auth.TestSigner;
import io.segue.bundles.auth.TestTx;
import io.segue.bundles.auth.Vectors;
import io.segue.bundles.sdk.proto.auth.AddressBytesToStringRequest;
import io.segue.bundles.sdk.proto.auth.AddressBytesToStringResponse;
import io.segue.bundles.sdk.proto.auth.AddressStringToBytesRequest;
import io.segue.bundles.sdk.proto.auth.AddressStringToBytesResponse;
import io.segue.bundles.sdk.proto.auth.BaseAccount;
import io.segue.bundles.sdk.proto.auth.ModuleAccount;
import io.segue.bundles.sdk.proto.auth.QueryAccountAddressByIDRequest;
import io.segue.bundles.sdk.proto.auth.QueryAccountAddressByIDResponse;
import io.segue.bundles.sdk.proto.auth.QueryAccountRequest;
import io.segue.bundles.sdk.proto.auth.QueryAccountsRequest;
import io.segue.bundles.sdk.proto.auth.QueryAccountsResponse;
import io.segue.bundles.sdk.proto.auth.QueryModuleAccountByNameRequest;
import io.segue.bundles.sdk.proto.auth.QueryModuleAccountByNameResponse;
import io.segue.bundles.sdk.proto.auth.QueryModuleAccountsResponse;
import io.segue.bundles.sdk.proto.base.PageRequest;
import io.segue.kernel.api.abci.Abci.QueryResponse;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class AuthQueriesTest {
  private static final String SERVICE = "/cosmos.auth.v1beta1.Query/";
  private static final TestSigner A = TestSigner.A;
  private static final TestSigner B = TestSigner.B;
  private static final List<Vectors.Vector> VECTORS = Vectors.list("queries.json").toList();

  private final TestChain chain =
      TestChain.aChain()
          .withAccount(B.address(), 0, 0, "1ustake")
          .withAccount(A.address(), 42, 6, "1000000ufee,1000000ustake")
          .start();

  @Test
  void showTheAccountOfASignerAsCosmJsReadsIt() {
    byte[] tx = TestTx.empty().with(TestTx.send(A, B, "ustake", "7")).signedBy(A, 42, 6).bytes();
    assertThat(chain.deliver(tx).code()).isZero();
    assertRecorded(VECTORS.get(0), "response_hex");
  }

  @Test
  void showAFreshAccountWithoutKeyAndNumbers() {
    assertRecorded(VECTORS.get(1), "response_hex");
  }

  @Test
  void showTheDefaultParameters() {
    Vectors.Vector vector =
        VECTORS.stream().filter(v -> v.text("path").endsWith("/Params")).findFirst().orElseThrow();
    assertRecorded(vector, "value_hex");
  }

  @Test
  void sayThatAnAccountIsNotThereInTheWordsThatClientsLookFor() {
    String nobody = "cosmos1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqnrql8a";
    QueryResponse response = ask("Account", account(nobody));
    assertThat(response.code()).isEqualTo(22);
    assertThat(response.log())
        .isEqualTo(
            "rpc error: code = NotFound desc = account " + nobody + " not found: key not found");
  }

  @Test
  void sayWhatIsWrongWithAnAddress() {
    QueryResponse malformed = ask("Account", account("xyz"));
    assertThat(malformed.code()).isEqualTo(18);
    assertThat(malformed.log())
        .isEqualTo("decoding bech32 failed: invalid bech32 string length 3: invalid request");
    assertThat(ask("Account", new byte[0]).log())
        .isEqualTo(
            "rpc error: code = InvalidArgument desc = Address cannot be empty: invalid request");
    assertThat(ask("Account", new byte[] {10, 5}).log())
        .isEqualTo("unexpected EOF: invalid request");
  }

  @Test
  void findTheAddressOfANumber() throws Exception {
    byte[] request =
        QueryAccountAddressByIDRequest.newBuilder().setAccountId(42).build().toByteArray();
    assertThat(
            QueryAccountAddressByIDResponse.parseFrom(ask("AccountAddressByID", request).value())
                .getAccountAddress())
        .isEqualTo(A.address());
    byte[] unknown =
        QueryAccountAddressByIDRequest.newBuilder().setAccountId(7).build().toByteArray();
    assertThat(ask("AccountAddressByID", unknown).log())
        .isEqualTo(
            "rpc error: code = NotFound desc = account address not found with account number 7:"
                + " key not found");
    assertThat(ask("AccountAddressByID", new byte[] {8, 1}).log())
        .contains("requesting with id isn't supported, try to request using account-id");
  }

  @Test
  void turnPagesInOrderOfAddresses() throws Exception {
    QueryAccountsResponse first = accounts(PageRequest.newBuilder().setLimit(1).build());
    assertThat(addresses(first)).containsExactly(A.address());
    assertThat(first.getPagination().getTotal()).isZero();
    assertThat(first.getPagination().getNextKey()).isEqualTo(ByteString.copyFrom(B.rawAddress()));
    QueryAccountsResponse second =
        accounts(PageRequest.newBuilder().setKey(first.getPagination().getNextKey()).build());
    assertThat(addresses(second)).containsExactly(B.address());
    assertThat(second.getPagination().getNextKey().isEmpty()).isTrue();
    assertThat(accounts(PageRequest.getDefaultInstance()).getPagination().getTotal()).isEqualTo(2);
  }

  @Test
  void sayHowAddressesBegin() {
    assertThat(ask("Bech32Prefix", new byte[0]).value())
        .containsExactly(10, 6, 'c', 'o', 's', 'm', 'o', 's');
  }

  @Test
  void writeAndReadAddresses() throws Exception {
    ByteString raw = ByteString.copyFrom(A.rawAddress());
    byte[] text =
        AddressBytesToStringRequest.newBuilder().setAddressBytes(raw).build().toByteArray();
    assertThat(
            AddressBytesToStringResponse.parseFrom(ask("AddressBytesToString", text).value())
                .getAddressString())
        .isEqualTo(A.address());
    byte[] bytes =
        AddressStringToBytesRequest.newBuilder()
            .setAddressString(A.address())
            .build()
            .toByteArray();
    assertThat(
            AddressStringToBytesResponse.parseFrom(ask("AddressStringToBytes", bytes).value())
                .getAddressBytes())
        .isEqualTo(raw);
    assertThat(ask("AddressBytesToString", new byte[0]).log())
        .isEqualTo("empty address bytes is not allowed: invalid request");
    assertThat(ask("AddressStringToBytes", new byte[0]).log())
        .isEqualTo("empty address string is not allowed: invalid request");
  }

  @Test
  void showModuleAccounts() throws Exception {
    TestChain modular = TestChain.aChain().withModuleAccount("gov", 7, "burner").start();
    QueryModuleAccountsResponse all =
        QueryModuleAccountsResponse.parseFrom(
            modular.query(SERVICE + "ModuleAccounts", new byte[0]).value());
    byte[] request =
        QueryModuleAccountByNameRequest.newBuilder().setName("gov").build().toByteArray();
    Any byName =
        QueryModuleAccountByNameResponse.parseFrom(
                modular.query(SERVICE + "ModuleAccountByName", request).value())
            .getAccount();
    assertThat(all.getAccountsList()).containsExactly(byName);
    ModuleAccount gov = ModuleAccount.parseFrom(byName.getValue());
    assertThat(gov.getName()).isEqualTo("gov");
    assertThat(gov.getPermissionsList()).containsExactly("burner");
    byte[] nobody =
        QueryModuleAccountByNameRequest.newBuilder().setName("nope").build().toByteArray();
    assertThat(modular.query(SERVICE + "ModuleAccountByName", nobody).log())
        .isEqualTo("rpc error: code = NotFound desc = account nope not found: key not found");
  }

  @Test
  void showAModuleAccountAsRecorded() {
    TestChain modular = TestChain.aChain().withModuleAccount("gov", 7, "burner").start();
    Vectors.Vector vector = VECTORS.get(2);
    QueryResponse response = modular.query(vector.text("path"), vector.hex("request_hex"));
    assertThat(HexFormat.of().formatHex(response.value())).isEqualTo(vector.text("value_hex"));
  }

  @Test
  void doNotAnswerWhatOnlyModulesMayAsk() {
    QueryResponse response = chain.query("/segue.auth.v1.Query/HasAccount", new byte[0]);
    assertThat(response.code()).isEqualTo(6);
  }

  @Test
  void findAccountsUnderTheKeysThatRawReadersKnow() {
    byte[] key = new byte[21];
    key[0] = 1;
    System.arraycopy(A.rawAddress(), 0, key, 1, 20);
    assertThat(chain.query("/store/acc/key", key).value()).isNotEmpty();
    assertThat(chain.query("/store/acc/key", new byte[] {2}).value())
        .containsExactly(0, 0, 0, 0, 0, 0, 0, 43);
    byte[] number = HexFormat.of().parseHex("6163636f756e744e756d626572000000000000002a");
    assertThat(chain.query("/store/acc/key", number).value()).isEqualTo(A.rawAddress());
  }

  private void assertRecorded(Vectors.Vector vector, String answer) {
    QueryResponse response = chain.query(vector.text("path"), vector.hex("request_hex"));
    assertThat(response.code()).as(response.log()).isZero();
    assertThat(HexFormat.of().formatHex(response.value())).isEqualTo(vector.text(answer));
  }

  private QueryResponse ask(String method, byte[] request) {
    return chain.query(SERVICE + method, request);
  }

  private static byte[] account(String address) {
    return QueryAccountRequest.newBuilder().setAddress(address).build().toByteArray();
  }

  private QueryAccountsResponse accounts(PageRequest page) throws InvalidProtocolBufferException {
    byte[] request = QueryAccountsRequest.newBuilder().setPagination(page).build().toByteArray();
    return QueryAccountsResponse.parseFrom(ask("Accounts", request).value());
  }

  private static List<String> addresses(QueryAccountsResponse response)
      throws InvalidProtocolBufferException {
    List<String> addresses = new java.util.ArrayList<>();
    for (Any account : response.getAccountsList()) {
      addresses.add(BaseAccount.parseFrom(account.getValue()).getAddress());
    }
    return addresses;
  }
}
