package io.segue.bundles.shell.command.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.bundles.shell.command.CommandException;
import io.segue.bundles.shell.command.FakeNode;
import io.segue.bundles.shell.command.Gogo;
import io.segue.bundles.shell.command.NodeAccess;
import io.segue.kernel.api.abci.Abci.QueryRequest;
import io.segue.kernel.api.abci.Abci.QueryResponse;
import io.segue.kernel.api.abci.Application;
import io.segue.kernel.api.node.StateInspection.SnapshotStatus;
import io.segue.kernel.api.node.StateInspection.StoreCheck;
import io.segue.kernel.api.node.StateInspection.StoreStatus;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StoreCommandsTest {
  private static final byte[] NOTHING = {};
  private static final String ROOT = "ab".repeat(32);
  private static final String OTHER = "cd".repeat(32);

  private final FakeNode node = new FakeNode();
  private final NodeAccess access = new NodeAccess(Path.of("/home/segue"));
  private final Gogo gogo = Gogo.with(access);
  private final List<QueryRequest> asked = new ArrayList<>();

  /** What the module says of an entry. */
  private String words = "";

  @BeforeEach
  void bringNode() {
    node.stores = List.of(new StoreStatus("acc", 3, ROOT), new StoreStatus("bank", 1000, OTHER));
    access.setNode(node);
  }

  @Test
  void listsStores() throws Exception {
    assertThat(gogo.run("store:list"))
        .isEqualTo(
            """
            STORE  ENTRIES  ROOT
            acc    3        %s
            bank   1000     %s
            """
                .formatted(ROOT, OTHER));
    assertThat(gogo.run("store:list --output json --height 5"))
        .contains("\"entries\" : 1000")
        .contains("\"root\" : \"" + OTHER + "\"");
    assertThat(node.asked).isEqualTo(5);
  }

  @Test
  void listsSnapshots() throws Exception {
    node.snapshots = List.of(new SnapshotStatus(200, 1, 3, 20_000_000, ROOT));
    assertThat(gogo.run("store:snapshots"))
        .isEqualTo(
            """
            HEIGHT  FORMAT  CHUNKS  BYTES     HASH
            200     1       3       20000000  %s
            """
                .formatted(ROOT));
    assertThat(gogo.run("store:snapshots --output json"))
        .contains("\"height\" : 200", "\"hash\" : \"" + ROOT + "\"");
  }

  @Test
  void saysWhichHeightsCanBeRead() {
    assertRefused("store:list --height 200", "the last committed height is 101");
    assertRefused("store:verify --height 200", "the last committed height is 101");
    assertRefused("store:list --height low", "--height takes a number, not low");
  }

  @Test
  void showsAValueOfATextKey() throws Exception {
    words = "names \"name\" = \"hällo\"";
    answer(0, "", "hällo".getBytes(UTF_8));

    assertThat(gogo.run("store:get bank name --height 7"))
        .isEqualTo(
            """
            height   7
            key      0x6e616d65
            value    0x68c3a46c6c6f
            as text  hällo
            means    names "name" = "hällo"
            size     6 bytes
            """);
    assertThat(asked.get(0).path()).isEqualTo("/store/bank/key");
    assertThat(asked.get(0).height()).isEqualTo(7);
  }

  @Test
  void showsAValueOfAKeyInHex() throws Exception {
    answer(0, "", new byte[] {0, (byte) 0xff});

    assertThat(gogo.run("store:get bank 0x01AB --output json"))
        .isEqualToIgnoringWhitespace(
            """
            {"store": "bank", "height": 7, "key": "01ab", "value": "00ff", "text": null,
             "means": null}
            """);
    assertThat(asked.get(0).data()).containsExactly(1, 0xab);
  }

  @Test
  void saysThatThereIsNoSuchKeyStoreOrHeight() {
    answer(0, "", NOTHING);
    assertRefused("store:get bank name", "store bank has no key name at height 7; a key in hex");
    answer(4, "no such store: bunk: unknown request", NOTHING);
    assertRefused(
        "store:get bunk name", "no such store: bunk: unknown request; store:list --height 7");
    answer(0, "version does not exist", NOTHING);
    assertRefused("store:get bank name", "at height 7: version does not exist");
    assertRefused("store:get bank 0xabc", "a key behind 0x is hex digits, two a byte, not abc");
    assertRefused("store:get bank", "store:get needs <key>");
  }

  @Test
  void offersStores() {
    assertThat(gogo.complete("store:get ", Path.of("/"))).containsExactly("acc", "bank");
    assertThat(gogo.complete("store:get b", Path.of("/"))).containsExactly("bank");
    assertThat(gogo.complete("store:get bank ", Path.of("/"))).isEmpty();
  }

  @Test
  void verifiesWithProgress() throws Exception {
    node.checks = List.of(new StoreCheck("bank", 40, ROOT, ROOT));

    assertThat(gogo.run("store:verify"))
        .startsWith("10%, 4 of 40 entries, in store bank\n20%, 8 of")
        .endsWith(
            """
            100%%, 40 of 40 entries, in store bank
            STORE  ENTRIES  ROOT
            bank   40       %s  sound
            """
                .formatted(ROOT));
  }

  @Test
  void failsWhereARootDiffers() {
    node.checks =
        List.of(new StoreCheck("acc", 3, OTHER, OTHER), new StoreCheck("bank", 40, ROOT, OTHER));

    assertRefused("store:verify", "The entries of bank do not give the root that was committed");
    assertThat(gogo.printed()).contains("bank   40       " + ROOT + "  DIFFERS: " + OTHER);
    assertRefused("store:verify --output json", "this node's data is damaged. Next: stop it");
    assertThat(gogo.printed())
        .contains("\"sound\" : false,\n  \"stores\"")
        .contains("\"computedRoot\" : \"" + OTHER + "\"");
  }

  @Test
  void copiesTheStateIntoAFolder() throws Exception {
    assertThat(gogo.run("store:checkpoint copy"))
        .startsWith("The last committed state is in /srv/here/copy now, with its bundles.")
        .contains("needs the blocks of its height too");
    assertThat(gogo.run("store:checkpoint /srv/other --output json"))
        .isEqualToIgnoringWhitespace("{\"folder\": \"/srv/other\"}");

    assertThat(node.checkpoints).containsExactly(Path.of("/srv/here/copy"), Path.of("/srv/other"));
  }

  @Test
  void handsARefusedCheckpointOn() {
    node.refusal = Optional.of("it exists; name a new one");

    assertRefused("store:checkpoint copy", "no checkpoint is made in copy: it exists");
  }

  private void assertRefused(String line, String reason) {
    assertThatThrownBy(() -> gogo.run(line))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining(reason);
  }

  private void answer(int code, String log, byte[] value) {
    QueryResponse response = new QueryResponse(code, "store", log, NOTHING, value, List.of(), 7);
    QueryResponse description =
        new QueryResponse(0, "", "", NOTHING, words.getBytes(UTF_8), List.of(), 7);
    access.setApplication(
        (Application)
            Proxy.newProxyInstance(
                Application.class.getClassLoader(),
                new Class<?>[] {Application.class},
                (proxy, method, args) -> {
                  asked.add((QueryRequest) args[0]);
                  return asked.get(asked.size() - 1).path().endsWith("/describe")
                      ? description
                      : response;
                }));
  }
}
