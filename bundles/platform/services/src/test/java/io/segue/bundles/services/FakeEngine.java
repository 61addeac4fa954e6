package io.segue.bundles.services;

import io.segue.kernel.api.abci.Abci.CheckTxResponse;
import io.segue.kernel.api.abci.Abci.ConsensusParams;
import io.segue.kernel.api.engine.Engine;
import io.segue.kernel.api.engine.Engine.Block;
import io.segue.kernel.api.engine.Engine.BlockId;
import io.segue.kernel.api.engine.Engine.BlockMeta;
import io.segue.kernel.api.engine.Engine.Commit;
import io.segue.kernel.api.engine.Engine.CommitSig;
import io.segue.kernel.api.engine.Engine.Header;
import io.segue.kernel.api.engine.Engine.MempoolException;
import io.segue.kernel.api.engine.Engine.NodeInfo;
import io.segue.kernel.api.engine.Engine.TxPage;
import io.segue.kernel.api.engine.Engine.TxQuery;
import io.segue.kernel.api.engine.Engine.TxResult;
import io.segue.kernel.api.engine.Engine.UnavailableException;
import io.segue.kernel.api.engine.Engine.ValidatorInfo;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A chain of a few blocks; what services do not ask of an engine is refused by name. */
final class FakeEngine {
  static final Instant TIME = Instant.parse("2026-01-01T00:00:00.985466390Z");

  final List<TxResult> txs = new ArrayList<>();
  final List<byte[]> blockTxs = new ArrayList<>();
  final List<ValidatorInfo> validators =
      new ArrayList<>(List.of(new ValidatorInfo(new byte[20], new byte[32], 1000)));
  TxQuery searched = new TxQuery(List.of(), false, 0, 0);
  String mempoolRefuses = "";
  String unavailable = "";
  boolean catchingUp;
  @Nullable URI ownRpc;
  long height = 7;
  final long oldest = 3;

  Engine engine() {
    return (Engine)
        Proxy.newProxyInstance(
            Engine.class.getClassLoader(), new Class<?>[] {Engine.class}, this::call);
  }

  private Object call(Object proxy, Method method, Object @Nullable [] args) throws Exception {
    if (!unavailable.isEmpty()) {
      throw new UnavailableException(unavailable);
    }
    return switch (method.getName()) {
      case "chainId" -> "chain-1";
      case "isCatchingUp" -> catchingUp;
      case "ownRpc" -> Optional.ofNullable(ownRpc);
      case "nodeInfo" -> new NodeInfo(new byte[20], "n0");
      case "height" -> height;
      case "oldestHeight" -> oldest;
      case "block" -> block((long) args[0]);
      case "meta" ->
          block((long) args[0]).map(b -> new BlockMeta(b.id(), b.header(), 1, b.txs().size()));
      case "tx" ->
          txs.stream().filter(tx -> Arrays.equals(tx.hash(), (byte[]) args[0])).findFirst();
      case "search" -> {
        searched = (TxQuery) args[0];
        yield new TxPage(List.copyOf(txs), txs.size());
      }
      case "validators" -> Collections.unmodifiableList(validators);
      case "consensusParams" ->
          (long) args[0] > oldest
              ? Optional.of(ConsensusParams.defaults((long) args[0]))
              : Optional.empty();
      case "broadcast" -> checked();
      case "submit" -> CompletableFuture.completedFuture(checked());
      default -> throw new UnsupportedOperationException(method.getName());
    };
  }

  private CheckTxResponse checked() throws MempoolException {
    if (!mempoolRefuses.isEmpty()) {
      throw new MempoolException(mempoolRefuses);
    }
    return new CheckTxResponse(5, "sdk", "insufficient funds", 0, 0, List.of());
  }

  private Optional<Block> block(long at) {
    if (at < oldest || at > height) {
      return Optional.empty();
    }
    BlockId id = new BlockId(new byte[] {(byte) at}, 1, new byte[] {1});
    Header header =
        new Header(
            11,
            1,
            "chain-1",
            at,
            TIME,
            id,
            one(2),
            one(3),
            one(4),
            one(5),
            one(6),
            one(7),
            one(8),
            one(9),
            new byte[20]);
    Commit commit =
        new Commit(at - 1, 0, id, List.of(new CommitSig(2, new byte[20], TIME, one(10))));
    return Optional.of(new Block(id, header, List.copyOf(blockTxs), commit));
  }

  private static byte[] one(int value) {
    return new byte[] {(byte) value};
  }
}
