package io.segue.bundles.consensus.comet.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.bundles.consensus.comet.abci.StubApplication;
import io.segue.kernel.api.abci.Abci.AbciParams;
import io.segue.kernel.api.abci.Abci.Attribute;
import io.segue.kernel.api.abci.Abci.CheckTxResponse;
import io.segue.kernel.api.abci.Abci.ConsensusParams;
import io.segue.kernel.api.abci.Abci.Event;
import io.segue.kernel.api.abci.Abci.EvidenceParams;
import io.segue.kernel.api.abci.Abci.ExecTxResult;
import io.segue.kernel.api.abci.Abci.FinalizeBlockResponse;
import io.segue.kernel.api.engine.Engine.Block;
import io.segue.kernel.api.engine.Engine.BlockMeta;
import io.segue.kernel.api.engine.Engine.Commit;
import io.segue.kernel.api.engine.Engine.Comparison;
import io.segue.kernel.api.engine.Engine.Condition;
import io.segue.kernel.api.engine.Engine.HeightPage;
import io.segue.kernel.api.engine.Engine.MempoolException;
import io.segue.kernel.api.engine.Engine.MempoolSize;
import io.segue.kernel.api.engine.Engine.Operand;
import io.segue.kernel.api.engine.Engine.TxPage;
import io.segue.kernel.api.engine.Engine.TxProof;
import io.segue.kernel.api.engine.Engine.TxQuery;
import io.segue.kernel.api.engine.Engine.TxResult;
import io.segue.kernel.api.engine.Engine.UnavailableException;
import io.segue.kernel.api.engine.Engine.ValidatorInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine on the answers of a real CometBFT, whose block 5 has a transfer. */
class CometEngineTest {
  private static final long BLOCK = 5;
  private static final long COMMITTED = 6;
  private static final byte[] TX =
      hex("57E9DF460B89DD26D6DB75AE6EA265735D589AE5FA00388CD47FE61D94D4E421");
  private static final byte[] BLOCK_HASH =
      hex("06DAB31AC3E462F40AD93574785268BB1860C902F64B1EC4CEB6AB3D413D0392");
  private static final byte[] NO_HASH = new byte[32];
  private static final byte[] VALIDATOR = hex("40D913D65D016BCB1579136DD1E3177F72DD9572");
  private static final byte[] JUNK = {'j', 'u', 'n', 'k'};

  @TempDir Path folder;

  private final StubApplication application = new StubApplication();
  private RecordedComet comet;
  private CometEngine engine;

  @BeforeEach
  void start() throws IOException {
    comet = new RecordedComet();
    application.committed(COMMITTED);
    engine =
        new CometEngine(
            comet.uri(),
            Duration.ofMinutes(1),
            application,
            () -> "rec-1",
            () -> "no CometBFT",
            Files.writeString(folder.resolve("genesis.json"), "{}"));
  }

  @AfterEach
  void stop() {
    engine.close();
    comet.close();
  }

  @Test
  void tellsOfABlock() {
    Block block = engine.block(BLOCK).orElseThrow();
    assertThat(block.id().hash()).isEqualTo(BLOCK_HASH);
    assertThat(block.id().partsTotal()).isEqualTo(1);
    assertThat(block.header().height()).isEqualTo(BLOCK);
    assertThat(block.header().chainId()).isEqualTo("rec-1");
    assertThat(block.header().blockProtocol()).isEqualTo(11);
    assertThat(block.header().appVersion()).isEqualTo(1);
    assertThat(block.header().time()).isEqualTo(Instant.parse("2026-11-29T10:58:23.592784164Z"));
    assertThat(block.header().proposerAddress()).isEqualTo(VALIDATOR);
    assertThat(block.header().appHash()).hasSize(32);
    assertThat(block.txs()).hasSize(1);
    assertThat(block.lastCommit().height()).isEqualTo(BLOCK - 1);
    assertThat(block.lastCommit().blockId().hash()).isEqualTo(block.header().lastBlockId().hash());

    BlockMeta meta = engine.meta(BLOCK).orElseThrow();
    assertThat(meta.id().hash()).isEqualTo(BLOCK_HASH);
    assertThat(meta.header()).usingRecursiveComparison().isEqualTo(block.header());
    assertThat(meta.txCount()).isEqualTo(1);
    assertThat(meta.sizeBytes()).isEqualTo(891);

    Commit commit = engine.commit(BLOCK).orElseThrow();
    assertThat(commit.blockId().hash()).isEqualTo(BLOCK_HASH);
    assertThat(commit.signatures()).hasSize(1);
    assertThat(commit.signatures().get(0).blockIdFlag()).isEqualTo(2);
    assertThat(commit.signatures().get(0).validatorAddress()).isEqualTo(VALIDATOR);
    assertThat(commit.signatures().get(0).signature()).hasSize(64);

    assertThat(engine.heightOf(BLOCK_HASH)).contains(BLOCK);
    assertThat(engine.heightOf(NO_HASH)).isEmpty();
  }

  @Test
  void tellsOfResults() {
    FinalizeBlockResponse results = engine.results(BLOCK).orElseThrow();
    assertThat(results.appHash()).hasSize(32);
    assertThat(results.consensusParamUpdates()).isEmpty();
    assertThat(results.validatorUpdates()).isEmpty();
    ExecTxResult transfer = results.txResults().get(0);
    assertThat(transfer.code()).isZero();
    assertThat(transfer.gasWanted()).isEqualTo(54072);
    assertThat(transfer.gasUsed()).isEqualTo(35608);
    assertThat(transfer.data()).isNotEmpty();
    assertThat(transfer.events().stream().map(Event::type)).contains("transfer", "message");
    assertThat(transfer.events().stream().flatMap(event -> event.attributes().stream()))
        .contains(new Attribute("amount", "7stake", true));
  }

  @Test
  void findsTransactions() {
    TxResult tx = engine.tx(TX).orElseThrow();
    assertThat(tx.hash()).isEqualTo(TX);
    assertThat(tx.height()).isEqualTo(BLOCK);
    assertThat(tx.index()).isZero();
    assertThat(tx.tx()).isEqualTo(engine.block(BLOCK).orElseThrow().txs().get(0));
    assertThat(tx.result().gasUsed()).isEqualTo(35608);
    assertThat(engine.tx(NO_HASH)).isEmpty();

    TxProof proof = engine.proof(BLOCK, 0).orElseThrow();
    assertThat(proof.rootHash()).isEqualTo(engine.block(BLOCK).orElseThrow().header().dataHash());
    assertThat(proof.leafHash()).hasSize(32);
    assertThat(proof.total()).isEqualTo(1);
    assertThat(proof.aunts()).isEmpty();
    assertThat(engine.proof(BLOCK, 1)).isEmpty();
  }

  @Test
  void searchesInCometBftsWords() {
    Condition inBlock = new Condition("tx.height", Comparison.EQUAL, "5", Operand.NUMBER);
    Condition ofBank = new Condition("message.module", Comparison.EQUAL, "bank", Operand.TEXT);
    TxPage found = engine.search(new TxQuery(List.of(inBlock, ofBank), true, 0, 10));
    assertThat(found.total()).isEqualTo(1);
    assertThat(found.txs().get(0).hash()).isEqualTo(TX);
    HeightPage blocks =
        engine.searchBlocks(
            new TxQuery(
                List.of(
                    new Condition("block.height", Comparison.GREATER_OR_EQUAL, "1"),
                    new Condition("block.height", Comparison.LESS_OR_EQUAL, "2")),
                false,
                0,
                10));
    assertThat(blocks.heights()).containsExactly(1L, 2L);
    assertThat(blocks.total()).isEqualTo(2);
    assertThatThrownBy(() -> engine.search(new TxQuery(List.of(inBlock), false, 80, 10)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("page should be within [1, 1] range, given 9");
    assertThatThrownBy(() -> engine.search(new TxQuery(List.of(inBlock), false, 5, 10)))
        .hasMessage("offset 5 with limit 10 is no page of 1 to 100 hits");
    assertThatThrownBy(() -> engine.search(new TxQuery(List.of(inBlock), false, 0, 101)))
        .hasMessage("offset 0 with limit 101 is no page of 1 to 100 hits");
  }

  @Test
  void writesEveryConditionAsCometBftReadsIt() {
    Instant time = Instant.parse("2013-05-03T14:45:00Z");
    assertThat(
            Searches.params(
                    new TxQuery(
                        List.of(
                            new Condition("a.b", Comparison.EXISTS, "", Operand.TEXT),
                            new Condition("a.c", Comparison.CONTAINS, "x y", Operand.TEXT),
                            new Condition("a.d", Comparison.LESS, "1.5", Operand.NUMBER),
                            new Condition("a.e", Comparison.GREATER, "2013-05-03", Operand.DATE),
                            new Condition("a.f", Comparison.EQUAL, time.toString(), Operand.TIME)),
                        false,
                        0,
                        1))
                .path("query")
                .asText())
        .isEqualTo(
            "a.b EXISTS AND a.c CONTAINS 'x y' AND a.d<1.5 AND a.e>DATE 2013-05-03"
                + " AND a.f=TIME 2013-05-03T14:45:00Z");
    Condition quote = new Condition("a.b", Comparison.EQUAL, "x' OR 'y", Operand.TEXT);
    assertThatThrownBy(() -> Searches.params(new TxQuery(List.of(quote), false, 0, 1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void tellsWhoAndWhatDecidesTheNextBlock() {
    List<ValidatorInfo> validators = engine.validators(COMMITTED + 1);
    assertThat(validators).hasSize(1);
    assertThat(validators.get(0).address()).isEqualTo(VALIDATOR);
    assertThat(validators.get(0).publicKey()).hasSize(32);
    assertThat(validators.get(0).power()).isEqualTo(1000);
    ConsensusParams params = engine.consensusParams(COMMITTED + 1).orElseThrow();
    assertThat(params.block().orElseThrow().maxBytes()).isEqualTo(22020096);
    assertThat(params.block().orElseThrow().maxGas()).isEqualTo(-1);
    assertThat(params.evidence())
        .contains(new EvidenceParams(100000, Duration.ofHours(48), 1048576));
    assertThat(params.validator().orElseThrow().pubKeyTypes()).containsExactly("ed25519");
    assertThat(params.version().orElseThrow().app()).isEqualTo(1);
    assertThat(params.abci().orElseThrow().voteExtensionsEnableHeight()).isZero();
  }

  @Test
  void asksAgainForWhatCometBftStoresAfterTheCommit() {
    AtomicInteger asked = new AtomicInteger();
    comet.instead =
        (method, params) ->
            asked.incrementAndGet() < 3
                ? RecordedComet.error(
                    "height 7 must be less than or equal to the current blockchain height 6")
                : null;
    assertThat(engine.consensusParams(COMMITTED + 1)).isPresent();
    assertThat(asked).hasValue(3);
  }

  @Test
  void tellsOfTheNode() throws Exception {
    assertThat(engine.chainId()).isEqualTo("rec-1");
    assertThat(HexFormat.of().formatHex(engine.nodeInfo().id()))
        .isEqualTo("cadaefc1f06892d7d78f3acf3248e5d74fde0bd1");
    assertThat(engine.nodeInfo().moniker()).isEqualTo("vm");
    assertThat(engine.validator().address()).isEqualTo(VALIDATOR);
    assertThat(engine.validator().power()).isEqualTo(1000);
    assertThat(engine.isCatchingUp()).isFalse();
    assertThat(engine.oldestHeight()).isEqualTo(1);
    assertThat(engine.ownRpc()).contains(comet.uri());
    assertThat(engine.failure()).isEqualTo("no CometBFT");
    assertThat(engine.mempool()).isEqualTo(new MempoolSize(0, 0));
    assertThat(engine.pending(5)).isEmpty();
    assertThat(engine.genesis()).isEqualTo(new byte[] {'{', '}'});
  }

  @Test
  void offersTransactions() throws Exception {
    byte[] known = engine.tx(TX).orElseThrow().tx();
    assertThatThrownBy(() -> engine.broadcast(known))
        .isInstanceOf(MempoolException.class)
        .hasMessage("tx already exists in cache");
    assertThatThrownBy(() -> engine.submit(known)).isInstanceOf(MempoolException.class);
    assertThat(engine.broadcast(JUNK).code()).isEqualTo(2);
    assertThat(engine.broadcast(JUNK).codespace()).isEqualTo("sdk");
    assertThat(engine.broadcast(JUNK).log()).endsWith(": tx parse error");
    assertThat(engine.check(JUNK).code()).isEqualTo(2);
  }

  @Test
  void readsTheRefusalOfATransactionInAnErrorOfV1() throws Exception {
    comet.instead =
        (method, params) ->
            RecordedComet.error(
                "broadcast error on transaction validation: tx F920 is invalid: code=4294967295,"
                    + " data=0A, log='it's\nrefused: unauthorized', codespace='sdk'");
    CheckTxResponse refused = engine.broadcast(JUNK);
    assertThat(Integer.toUnsignedString(refused.code())).isEqualTo("4294967295");
    assertThat(refused.log()).isEqualTo("it's\nrefused: unauthorized");
    assertThat(refused.codespace()).isEqualTo("sdk");
  }

  @Test
  void readsParametersAndValidatorsAsV1WritesThem() throws Exception {
    comet.instead =
        (method, params) ->
            ("{\"result\":"
                    + (method.equals("block_results")
                        ? "{\"validator_updates\":[{\"power\":\"7\",\"pub_key_bytes\":\"AQI=\","
                            + "\"pub_key_type\":\"secp256k1\"}],\"consensus_param_updates\":"
                            + "{\"feature\":{\"vote_extensions_enable_height\":{\"value\":\"9\"}}}}"
                        : "{\"consensus_params\":{\"abci\":null,\"feature\":"
                            + "{\"vote_extensions_enable_height\":\"8\"}}}")
                    + "}")
                .getBytes(UTF_8);
    FinalizeBlockResponse results = engine.results(BLOCK).orElseThrow();
    assertThat(results.validatorUpdates())
        .singleElement()
        .satisfies(
            update -> {
              assertThat(update.keyType()).isEqualTo("secp256k1");
              assertThat(update.publicKey()).containsExactly(1, 2);
              assertThat(update.power()).isEqualTo(7);
            });
    assertThat(results.consensusParamUpdates().orElseThrow().abci()).contains(new AbciParams(9));
    assertThat(engine.consensusParams(BLOCK).orElseThrow().abci()).contains(new AbciParams(8));
  }

  @Test
  void asksNobodyForWhatTheNodeHasNotCommitted() {
    assertThat(engine.height()).isEqualTo(COMMITTED);
    assertThat(engine.applicationInfo().lastBlockHeight()).isEqualTo(COMMITTED);
    for (long height : new long[] {-1, 0, COMMITTED + 1}) {
      assertThat(engine.block(height)).isEmpty();
      assertThat(engine.meta(height)).isEmpty();
      assertThat(engine.results(height)).isEmpty();
      assertThat(engine.commit(height)).isEmpty();
    }
    assertThat(engine.validators(COMMITTED + 2)).isEmpty();
    assertThat(engine.consensusParams(0)).isEmpty();
    assertThat(comet.asked()).isEmpty();
  }

  @Test
  void hasNothingWhereCometBftHasLess() {
    application.committed(1_000_000);
    assertThat(engine.block(1_000_000)).isEmpty();
    assertThat(engine.results(1_000_000)).isEmpty();
    assertThat(engine.validators(1_000_000)).isEmpty();
    assertThat(engine.consensusParams(1_000_000)).isEmpty();
  }

  @Test
  void saysWhatCometBftRefuses() {
    comet.instead = (method, params) -> RecordedComet.error("transaction indexing is disabled");
    assertThatThrownBy(() -> engine.tx(TX))
        .isInstanceOf(UnavailableException.class)
        .hasMessage("CometBFT at " + comet.uri() + " refuses tx: transaction indexing is disabled");
    assertThatThrownBy(() -> engine.mempool()).isInstanceOf(UnavailableException.class);
  }

  @Test
  void tellsOfCommitsInOrderAndNeverKeepsTheBlockThread() throws Exception {
    BlockingQueue<Long> heard = new LinkedBlockingQueue<>();
    BlockingQueue<Boolean> goesOn = new LinkedBlockingQueue<>();
    AutoCloseable broken =
        engine.onBlock(
            height -> {
              throw new UnavailableException("gone");
            });
    AutoCloseable slow =
        engine.onBlock(
            height -> {
              heard.add(height);
              take(goesOn);
            });
    application.committed(7);
    assertThat(heard.take()).isEqualTo(7);
    application.committed(8);
    application.committed(9);
    application.committed(10);
    goesOn.addAll(List.of(true, true, true, true));
    assertThat(List.of(heard.take(), heard.take(), heard.take())).containsExactly(8L, 9L, 10L);
    broken.close();
    slow.close();
    engine.close();
    assertThat(application.listeners()).isZero();
  }

  private static void take(BlockingQueue<Boolean> goesOn) {
    try {
      goesOn.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }
}
