package io.segue.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The Cosmos SDK's own command line, by JSON-RPC alone, against a node as users run it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SimdIT {
  private static final String A = "cosmos19rl4cm2hmr8afy4kldpxz3fka4jguq0auqdal4";
  private static final String B = "cosmos15yk64u7zc9g9k2yr2wmzeva5qgwxps6yxj00e7";
  private static final String GOV = "cosmos10d07y265gmmuvt4z0w9aw880jnsr700j6zn9kn";
  private static final String GAS = " --gas auto --gas-adjustment 1.6";
  private static final String DEPOSIT = " --deposit 500stake";

  @TempDir static Path folder;

  private TestedNode node;
  private Simd simd;

  @BeforeAll
  void start() throws Exception {
    node =
        TestedNode.init(
            folder.resolve("home"),
            "--account",
            A + "=1000000stake",
            "--account",
            B + "=1000000stake",
            "--voting-period",
            "30s");
    simd =
        Simd.of(node, folder.resolve("simd"), "itest-1")
            .recover("a", "abandon ".repeat(11) + "about")
            .recover("b", "test ".repeat(11) + "junk");
    simd.offline("keys add both --multisig a,b --multisig-threshold 2 --keyring-backend test");
    node.start().awaitHeight(4);
  }

  @AfterAll
  void stop() {
    node.close();
  }

  @Test
  void asksForBlocksAndTheirResults() throws Exception {
    assertThat(simd.ask("status")).contains("\"network\":\"itest-1\"");
    assertThat(simd.query("block --type height 3").at("/header/height").asText()).isEqualTo("3");
    String hash = node.rpc("block?height=3").at("/block_id/hash").asText();
    assertThat(simd.query("block --type hash " + hash).at("/header/height").asText())
        .isEqualTo("3");
    assertThat(simd.query("block").at("/header/chain_id").asText()).isEqualTo("itest-1");
    assertThat(simd.query("blocks --query block.height<4 --order_by desc").path("total_count"))
        .hasToString("\"3\"");
    assertThat(simd.ask("block-results 3")).contains("height: 3");
    assertThat(simd.ask("block-results")).contains("height: ");
    answers("comet-validator-set 3", "/validators/0/voting_power");
    answers("consensus params", "/params/block/max_bytes");
    answers("consensus comet block-by-height 2", "/block/header/height");
    answers("consensus comet block-latest", "/block/header/height");
    answers("consensus comet node-info", "/application_version/cosmos_sdk_version");
    assertThat(simd.query("consensus comet syncing").path("syncing").asBoolean()).isFalse();
    answers("consensus comet validator-set", "/validators/0/address");
    answers("consensus comet validator-set-by-height 2", "/validators/0/address");
  }

  @Test
  void asksTheModules() throws Exception {
    answers("auth account " + A, "/account/value/address");
    answers("auth account-info " + A, "/info/address");
    answers("auth accounts --page-limit 2 --page-count-total", "/pagination/total");
    answers("auth address-bytes-to-string KP9cbVfYz9SStvtCYUU27WSOAf0=", "/address_string");
    answers("auth address-string-to-bytes " + A, "/address_bytes");
    answers("auth bech32-prefix", "/bech32_prefix");
    answers("auth module-account gov", "/account/value/name");
    answers("auth module-accounts", "/accounts/0/value/name");
    answers("auth params", "/params/tx_sig_limit");
    answers("bank balance " + A + " stake --height 2", "/balance/amount");
    answers("bank balances " + A, "/balances/0/amount");
    answers("bank spendable-balance " + A + " stake", "/balance/amount");
    answers("bank spendable-balances " + A, "/balances/0/amount");
    answers("bank params", "/params/default_send_enabled");
    answers("bank total-supply", "/supply/0/amount");
    answers("bank total-supply-of stake", "/amount/amount");
    answers("bank denom-owners stake", "/denom_owners/0/address");
    for (String query : List.of("bank send-enabled", "bank denoms-metadata", "gov constitution")) {
      simd.query(query);
    }
    answers("staking params", "/params/bond_denom");
    answers("staking pool", "/pool/bonded_tokens");
    answers("staking validators --status BOND_STATUS_BONDED", "/validators/0/tokens");
    String operator =
        simd.query("staking validators").at("/validators/0/operator_address").asText();
    answers("staking validator " + operator, "/validator/tokens");
    answers("staking delegations-to " + operator, "/delegation_responses/0/balance/amount");
    answers("gov params", "/params/quorum");
    assertThat(simd.query("upgrade authority").path("address").asText()).isEqualTo(GOV);
    answers("upgrade module-versions", "/module_versions/0/version");
    assertThat(simd.query("upgrade module-versions bank").at("/module_versions/0/name").asText())
        .isEqualTo("bank");
  }

  @Test
  void sendsInEveryWay() throws Exception {
    String send = "bank send a " + B + " 7stake";
    JsonNode tx = simd.send(send + GAS);
    assertThat(simd.query("tx --type acc_seq " + signedAs(tx)).path("txhash"))
        .isEqualTo(tx.path("txhash"));
    assertThat(simd.query("tx --type signature " + tx.at("/tx/signatures/0").asText()).path("code"))
        .hasToString("0");
    String sender = "message.sender='" + A + "'";
    assertThat(simd.query("txs --query " + sender).path("txs")).isNotEmpty();
    assertThat(simd.ask("block-results " + tx.path("height").asText())).contains("coin_spent");
    simd.send(send + GAS, "--sign-mode", "amino-json", "--note", "a<b & ü");
    simd.send("bank multi-send a " + B + " " + both() + " 500stake" + GAS);
    simd.send(send + " --gas 200000 --fees 300stake");
    simd.send(send + GAS + " --gas-prices 0.001stake");
    assertThat(simd.says("bank send " + A + " " + B + " 7stake --dry-run --yes"))
        .contains("gas estimate: ");
    assertThat(simd.says("bank send a " + B + " 9999999999stake --yes" + GAS))
        .contains("insufficient funds");
    simd.committed(simd.tx(send + GAS + " --broadcast-mode async --yes --output json"));
  }

  @Test
  void signsInFilesAndTogether() throws Exception {
    simd.send("bank send b " + both() + " 100000stake" + GAS);
    String unsigned = file("unsigned", simd.tx(made("bank send " + both() + " " + A + " 9stake")));
    String multisig = " --multisig " + both() + " --sign-mode amino-json";
    String a = file("a", simd.tx("sign " + unsigned + " --from a" + multisig));
    String b = file("b", simd.tx("sign " + unsigned + " --from b" + multisig));
    broadcast(simd.tx("multi-sign " + unsigned + " both " + a + " " + b));

    String own = file("own", simd.tx(made("bank send " + B + " " + A + " 8stake")));
    JsonNode account = simd.query("auth account-info " + B).path("info");
    String number = " --account-number " + account.path("account_number").asText("0");
    String sequence = " --sequence " + account.path("sequence").asText("0");
    String signed =
        file(
            "signed",
            simd.offline(offline("sign " + own + " --from b --offline" + number + sequence)));
    assertThat(simd.tx("validate-signatures " + signed)).contains("[OK]");
    assertThat(simd.tx("simulate " + signed + " --from b")).contains("gas_used");
    String encoded = simd.offline("tx encode " + signed).strip();
    assertThat(simd.offline("tx decode " + encoded + " --output json")).contains("MsgSend");
    broadcast(Files.readString(Path.of(signed)));

    String payer = " --fees 5stake --fee-payer " + A;
    String paid = file("paid", simd.tx(made("bank send " + B + " " + A + " 8stake" + payer)));
    String amino = " --sign-mode amino-json";
    String once = file("once", simd.tx("sign " + paid + " --from b" + amino));
    broadcast(simd.tx("sign " + once + " --from a" + amino));
  }

  @Test
  void proposesDepositsVotesAndSchedulesAPlan() throws Exception {
    String plan = "upgrade software-upgrade later --upgrade-height 100000 --upgrade-info {}";
    String words = " --title T --summary S --no-validate --from b";
    simd.send(plan + words + DEPOSIT + GAS);
    simd.send("gov deposit 1 600stake --from b" + GAS);
    simd.send("gov vote 1 yes --from a" + GAS);
    simd.send("gov weighted-vote 1 yes=0.6,no=0.3,abstain=0.1 --from b" + GAS);
    answers("gov proposal 1", "/proposal/messages/0/value/plan/name");
    answers("gov vote 1 " + A, "/vote/options/0/option");
    answers("gov votes 1", "/votes/1/voter");
    answers("gov deposits 1", "/deposits/0/amount/0/amount");
    answers("gov deposit 1 " + B, "/deposit/amount/0/amount");
    answers("gov tally 1", "/tally/yes_count");
    answers("gov proposals --voter " + A, "/proposals/0/id");
    answers("gov proposals --depositor " + B, "/proposals/0/id");
    node.segue("tx", "gov", "vote", "1", "yes", "--from", "validator", "--wait");
    node.until(
        "the plan", () -> UpgradePlans.status(node).at("/plan/name").asText().equals("later"));
    assertThat(simd.query("upgrade plan").at("/plan/height").asText()).isEqualTo("100000");

    String file =
        file(
            "proposal",
            """
            {"messages":[{"@type":"/cosmos.upgrade.v1beta1.MsgCancelUpgrade","authority":"%s"}],
             "metadata":"ipfs://x","deposit":"500stake","title":"T","summary":"S"}
            """
                .formatted(GOV));
    simd.send("gov submit-proposal " + file + " --from b" + GAS);
    simd.send("gov cancel-proposal 2 --from b" + GAS);
    String legacy = " --title T --description D --type Text --from b";
    simd.send("gov submit-legacy-proposal" + legacy + DEPOSIT + GAS);
  }

  private void answers(String query, String place) throws Exception {
    assertThat(simd.query(query).at(place).asText()).as("%s: %s", query, place).isNotEmpty();
  }

  private void broadcast(String signed) throws Exception {
    simd.committed(simd.tx("broadcast " + file("broadcast", signed) + " --output json"));
  }

  private String both() throws Exception {
    return simd.offline("keys show both -a --keyring-backend test").strip();
  }

  private static String made(String message) {
    return message + " --gas 300000 --generate-only";
  }

  private static String offline(String line) {
    return "tx " + line + " --keyring-backend test --chain-id itest-1";
  }

  private static String signedAs(JsonNode tx) {
    return StreamSupport.stream(tx.path("events").spliterator(), false)
        .flatMap(event -> StreamSupport.stream(event.path("attributes").spliterator(), false))
        .filter(attribute -> attribute.path("key").asText().equals("acc_seq"))
        .findFirst()
        .orElseThrow()
        .path("value")
        .asText();
  }

  private static String file(String name, String text) throws Exception {
    return Files.writeString(folder.resolve(name + ".json"), text).toString();
  }
}
