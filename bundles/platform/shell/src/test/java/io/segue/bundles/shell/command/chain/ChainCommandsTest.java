package io.segue.bundles.shell.command.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.bundles.shell.command.CommandException;
import io.segue.bundles.shell.command.Fields;
import io.segue.bundles.shell.command.Gogo;
import io.segue.bundles.shell.command.NodeAccess;
import io.segue.kernel.api.abci.Abci.Attribute;
import io.segue.kernel.api.abci.Abci.Event;
import io.segue.kernel.api.abci.Abci.ExecTxResult;
import io.segue.kernel.api.abci.Abci.FinalizeBlockResponse;
import io.segue.kernel.api.engine.Engine;
import io.segue.kernel.api.engine.Engine.Block;
import io.segue.kernel.api.engine.Engine.BlockId;
import io.segue.kernel.api.engine.Engine.Commit;
import io.segue.kernel.api.engine.Engine.Header;
import io.segue.kernel.api.engine.Engine.TxResult;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChainCommandsTest {
  private static final byte[] NOTHING = {};
  private static final byte[] TX =
      Fields.withBytes(
          1,
          Fields.withBytes(1, Fields.withBytes(1, "/a.MsgSend".getBytes(StandardCharsets.UTF_8))));
  private static final String HASH = TxSummary.of(TX).hash();

  private final NodeAccess access = new NodeAccess(Path.of("/home/segue"));
  private final Gogo gogo = Gogo.with(access);
  private final Engine engine = engine();

  @BeforeEach
  void bringEngine() {
    access.setEngine(engine);
  }

  @Test
  void showsABlockWithItsTransactions() throws Exception {
    assertThat(gogo.run("chain:block 7"))
        .isEqualTo(
            """
            height        7
            hash          %s
            time          1970-01-01T00:00:07Z
            app version   1
            app hash      %s of the height before
            proposer      %s
            transactions  1
              HASH                                                              CODE  GAS USED  MESSAGES
              %s  0     42        /a.MsgSend
            """
                .formatted("aa".repeat(32), "bb".repeat(32), "cc".repeat(20), HASH));
  }

  @Test
  void showsTheNewestBlockUnlessTold() throws Exception {
    assertThat(gogo.run("chain:block")).startsWith("height        7\n");
  }

  @Test
  void showsABlockToMachines() throws Exception {
    assertThat(gogo.run("chain:block 7 --output json"))
        .contains("\"height\" : 7")
        .contains("\"hash\" : \"" + HASH + "\"")
        .contains("\"messages\" : [ \"/a.MsgSend\" ]")
        .contains("\"gasUsed\" : 42");
  }

  @Test
  void saysWhichBlocksAreThere() {
    assertRefused("chain:block 8", "there is no block 8 here; this node keeps 3 to 7");
    assertRefused("chain:block high", "[height] takes a number, not high");
  }

  @Test
  void showsATransaction() throws Exception {
    assertThat(gogo.run("chain:tx " + HASH))
        .isEqualTo(
            """
            hash      %s
            height    7, transaction 0 of its block
            result    done
            gas       42 used of 100
            messages  /a.MsgSend
            size      %d bytes
            events
              transfer  amount=5stake
            """
                .formatted(HASH, TX.length));
    assertThat(gogo.run("chain:tx --output json " + HASH.toLowerCase(java.util.Locale.ROOT)))
        .contains("\"code\" : 0")
        .contains("\"type\" : \"transfer\"")
        .contains("\"value\" : \"5stake\"");
  }

  @Test
  void refusesWhatIsNoHashOrNoTransaction() {
    assertRefused("chain:tx xyz", "a transaction's hash is hex digits, two a byte, not xyz");
    assertRefused("chain:tx abcd", "a transaction's hash has 64 hex digits, not 4");
    assertRefused(
        "chain:tx " + "00".repeat(32), "no committed transaction has the hash " + "00".repeat(32));
    assertRefused("chain:tx", "chain:tx needs <hash>; see chain:tx --help");
  }

  @Test
  void offersTheTransactionsOfTheNewestBlock() {
    assertThat(gogo.complete("chain:tx ", Path.of("/"))).containsExactly(HASH);
  }

  @Test
  void saysWhereBlocksAreWhenAnEngineOutsideDrivesTheNode() {
    access.unsetEngine(engine);

    assertRefused("chain:block", "no engine runs, so there are no blocks");
  }

  @Test
  void showsBytesThatAreNoTransactionByTheirHash() {
    assertThat(TxSummary.of(new byte[] {(byte) 0xff}).messages()).isEmpty();
    assertThat(TxSummary.of(new byte[] {(byte) 0xff}).hash()).startsWith("A8100AE6AA1940D0");
  }

  private void assertRefused(String line, String reason) {
    assertThatThrownBy(() -> gogo.run(line))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining(reason);
  }

  private static Engine engine() {
    return (Engine)
        Proxy.newProxyInstance(
            Engine.class.getClassLoader(),
            new Class<?>[] {Engine.class},
            (proxy, method, args) ->
                switch (method.getName()) {
                  case "height" -> 7L;
                  case "oldestHeight" -> 3L;
                  case "block" -> args[0].equals(7L) ? Optional.of(block()) : Optional.empty();
                  case "results" -> Optional.of(results());
                  case "tx" ->
                      Arrays.equals((byte[]) args[0], HexFormat.of().parseHex(HASH))
                          ? Optional.of(new TxResult(NOTHING, 7, 0, TX, result()))
                          : Optional.empty();
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private static Block block() {
    BlockId id = new BlockId(bytes("aa", 32), 1, NOTHING);
    Header header =
        new Header(
            11,
            1,
            "test-1",
            7,
            Instant.ofEpochSecond(7),
            id,
            NOTHING,
            NOTHING,
            NOTHING,
            NOTHING,
            NOTHING,
            bytes("bb", 32),
            NOTHING,
            NOTHING,
            bytes("cc", 20));
    return new Block(id, header, List.of(TX), new Commit(6, 0, id, List.of()));
  }

  private static FinalizeBlockResponse results() {
    return new FinalizeBlockResponse(
        List.of(), List.of(result()), List.of(), Optional.empty(), NOTHING);
  }

  private static ExecTxResult result() {
    Event event = new Event("transfer", List.of(new Attribute("amount", "5stake", true)));
    return new ExecTxResult(0, NOTHING, "", 100, 42, List.of(event), "");
  }

  private static byte[] bytes(String digits, int count) {
    return HexFormat.of().parseHex(digits.repeat(count));
  }
}
