package io.segue.bundles.auth.account;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.bundles.auth.AuthFactory;
import io.segue.bundles.auth.TestPlatform;
import io.segue.bundles.auth.TestSigner;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.state.Schema;
import io.segue.kernel.api.module.Module;
import io.segue.kernel.api.module.ModuleException;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class AuthGenesisTest {
  private static final Addresses ADDRESSES = new Addresses("cosmos");

  private final Module auth = new AuthFactory().create(new TestPlatform());
  private final StoreContext context = new StoreContext();
  private final AccountKeeper keeper = new AccountKeeper(ADDRESSES, new Schema());

  @Test
  void theDefaultGivesDefaultParametersAndNoAccounts() {
    read(new String(auth.defaultGenesis(), UTF_8));
    assertThat(keeper.params(context.store())).isEqualTo(AuthParams.DEFAULT);
    assertThat(keeper.nextNumber().peek(context.store())).isZero();
  }

  @Test
  void anEmptyGenesisIsTheDefault() {
    read("{}");
    assertThat(keeper.params(context.store())).isEqualTo(AuthParams.DEFAULT);
  }

  @Test
  void accountsKeepTheirNumbersAndRepeatedOnesGetTheLowestFree() {
    read(
        "{\"accounts\":[%s,%s,%s,%s]}"
            .formatted(base(1, "0"), base(2, "2"), base(3, "0"), base(4, "2")));
    assertThat(number(1)).isEqualTo(0);
    assertThat(number(2)).isEqualTo(2);
    assertThat(number(3)).isEqualTo(1);
    assertThat(number(4)).isEqualTo(3);
    assertThat(keeper.nextNumber().peek(context.store())).isEqualTo(4);
    assertInvariants();
  }

  @Test
  void whatIsExportedGivesTheSameState() {
    read(
        "{\"accounts\":[%s,%s,%s,%s]}"
            .formatted(withKey(), base(7, "9"), module("gov", "burner"), ofAMultisigKey()));
    byte[] exported = auth.exportGenesis(context);
    StoreContext again = new StoreContext();
    auth.initGenesis(again, exported);
    assertThat(again.entries()).isEqualTo(context.entries());
    assertInvariants();
  }

  @Test
  void spacesEscapesAndNumbersWithoutQuotesAreRead() {
    read(
        "{ \"accounts\" : [ {\"@type\":\"\\/cosmos.auth.v1beta1.BaseAccount\", \"address\": "
            + "\"%s\" ,\"account_number\":3,\n\"sequence\":\"4\"} ] }"
                .formatted(TestSigner.B.address()));
    Account account = keeper.find(context.store(), TestSigner.B.rawAddress()).orElseThrow();
    assertThat(account.number()).isEqualTo(3);
    assertThat(account.sequence()).isEqualTo(4);
  }

  @Test
  void refusesEntriesAndNamesThem() {
    refuses("{\"accounts\":[%s,%s]}".formatted(base(1, "0"), base(1, "1")), "stands twice");
    refuses("{\"accounts\":[{\"@type\":\"/cosmos.auth.v1beta1.BaseAccount\"}]}", "empty address");
    refuses(
        "{\"accounts\":[%s]}".formatted(base(1, "0").replace("sequence", "sequenz")), "sequenz");
    refuses("{\"accounts\":[%s]}".formatted(base(1, "-1")), "number from 0");
    refuses("{\"account\":[]}", "unknown member \"account\"");
    refuses("{\"accounts\":{}}", "expected '['");
    refuses("{\"accounts\":[{\"@type\":\"/foo.Bar\"}]}", "foo.Bar");
    refuses("{\"accounts\":[{}]}", "accounts[0]: an account of type \"\"");
    refuses("{\"params\":{\"tx_sig_limit\":\"0\"}}", "invalid tx signature limit: 0");
    refuses(
        "{\"accounts\":[%s]}".formatted(withKey().replace(TestSigner.A.address(), address(1))),
        "is another's");
    refuses(
        "{\"accounts\":[%s]}".formatted(module("gov", "x").replace("\"gov\"", "\"bank\"")),
        "of something else");
  }

  @Test
  void invariantsNoticeABrokenIndex() {
    read("{\"accounts\":[%s]}".formatted(base(1, "0")));
    assertInvariants();
    keeper.nextNumber().set(context.store(), 0);
    Module.Invariant numbers = Objects.requireNonNull(auth.invariants().get("account-numbers"));
    assertThat(numbers.check(context)).isPresent();
  }

  private void read(String json) {
    auth.initGenesis(context, json.getBytes(UTF_8));
  }

  private void refuses(String json, String why) {
    assertThatThrownBy(() -> auth.initGenesis(new StoreContext(), json.getBytes(UTF_8)))
        .isInstanceOf(ModuleException.class)
        .hasMessageContaining("genesis of auth")
        .hasMessageContaining(why);
  }

  private void assertInvariants() {
    auth.invariants()
        .forEach((name, invariant) -> assertThat(invariant.check(context)).as(name).isEmpty());
  }

  private long number(int who) {
    return keeper.find(context.store(), raw(who)).orElseThrow().number();
  }

  private static byte[] raw(int who) {
    byte[] address = new byte[20];
    address[19] = (byte) who;
    return address;
  }

  private static String address(int who) {
    return ADDRESSES.account(raw(who));
  }

  private static String base(int who, String number) {
    return """
    {"@type":"/cosmos.auth.v1beta1.BaseAccount","address":"%s","pub_key":null,\
    "account_number":"%s","sequence":"0"}\
    """
        .formatted(address(who), number);
  }

  private static String withKey() {
    return """
    {"@type":"/cosmos.auth.v1beta1.BaseAccount","address":"%s","pub_key":\
    {"@type":"/cosmos.crypto.secp256k1.PubKey",\
    "key":"Ak9OKtmcNNYLm6YoPJQxqEGK+GcyEpYfl6d7Y3f80Fti"},\
    "account_number":"0","sequence":"7"}\
    """
        .formatted(TestSigner.A.address());
  }

  /** The account of a 1 of 1 key of A. */
  private static String ofAMultisigKey() {
    return """
    {"@type":"/cosmos.auth.v1beta1.BaseAccount",\
    "address":"cosmos1c70plcdl6w6shae68t6fxyextc2r328wkawdvq","pub_key":\
    {"@type":"/cosmos.crypto.multisig.LegacyAminoPubKey","threshold":1,"public_keys":[\
    {"@type":"/cosmos.crypto.secp256k1.PubKey",\
    "key":"Ak9OKtmcNNYLm6YoPJQxqEGK+GcyEpYfl6d7Y3f80Fti"}]},\
    "account_number":"11","sequence":"7"}\
    """;
  }

  private static String module(String name, String permission) {
    return """
    {"@type":"/cosmos.auth.v1beta1.ModuleAccount","base_account":{"address":"%s",\
    "account_number":"5"},"name":"%s","permissions":["%s"]}\
    """
        .formatted(ADDRESSES.account(Addresses.module(name)), name, permission);
  }
}
