package io.segue.bundles.rpc.method;

import io.segue.bundles.rpc.call.CallParams;
import io.segue.bundles.rpc.call.Method;
import io.segue.bundles.rpc.call.MethodTable;
import io.segue.bundles.rpc.call.RpcException;
import io.segue.bundles.rpc.json.BlockJson;
import io.segue.bundles.rpc.json.ResultJson;
import io.segue.bundles.rpc.query.QueryParser;
import io.segue.bundles.rpc.query.QuerySyntaxException;
import io.segue.kernel.api.engine.Engine;
import io.segue.kernel.api.engine.Engine.Block;
import io.segue.kernel.api.engine.Engine.BlockMeta;
import io.segue.kernel.api.engine.Engine.Condition;
import io.segue.kernel.api.engine.Engine.HeightPage;
import io.segue.kernel.api.engine.Engine.TxPage;
import io.segue.kernel.api.engine.Engine.TxProof;
import io.segue.kernel.api.engine.Engine.TxQuery;
import io.segue.kernel.api.engine.Engine.TxResult;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** MethodTable that find transactions and blocks. */
public final class SearchMethods {
  /** So many bytes may the blocks of one answer have together, before they are JSON. */
  private static final long MAX_PAGE_BYTES = 64 << 20;

  private final Engine engine;

  public SearchMethods(Engine engine) {
    this.engine = engine;
  }

  public void addTo(MethodTable methods) {
    methods.add("tx", List.of("hash", "prove"), this::tx);
    methods.add(
        "tx_search", List.of("query", "prove", "page", "per_page", "order_by"), this::searchTxs);
    methods.add(
        "block_search", List.of("query", "page", "per_page", "order_by"), this::searchBlocks);
  }

  private Method.Answer tx(CallParams params) throws RpcException {
    byte[] hash = params.base64("hash");
    boolean prove = params.flag("prove");
    TxResult tx =
        engine
            .tx(hash)
            .orElseThrow(
                () ->
                    RpcException.internal(
                        "tx (" + HexFormat.of().withUpperCase().formatHex(hash) + ") not found"));
    Optional<TxProof> proof = proof(tx, prove);
    return out -> ResultJson.tx(out, tx, proof);
  }

  private Method.Answer searchTxs(CallParams params) throws RpcException {
    boolean prove = params.flag("prove");
    PageRequest pages = PageRequest.of(params);
    TxPage page = search(query(params, pages, false), engine::search);
    pages.check(params, page.total());
    return out ->
        out.object(
            () -> {
              out.array("txs", page.txs(), tx -> ResultJson.tx(out, tx, proof(tx, prove)));
              out.int64("total_count", page.total());
            });
  }

  private Method.Answer searchBlocks(CallParams params) throws RpcException {
    PageRequest pages = PageRequest.of(params);
    HeightPage page = search(query(params, pages, true), engine::searchBlocks);
    pages.check(params, page.total());
    throwIfTooLarge(page);
    return out ->
        out.object(
            () -> {
              out.array(
                  "blocks",
                  page.heights().stream().flatMap(height -> engine.block(height).stream())
                      ::iterator,
                  (Block block) -> out.object(() -> BlockJson.block(out, block)));
              out.int64("total_count", page.total());
            });
  }

  private void throwIfTooLarge(HeightPage page) throws RpcException {
    long bytes =
        page.heights().stream()
            .flatMap(height -> engine.meta(height).stream())
            .mapToLong(BlockMeta::sizeBytes)
            .sum();
    if (bytes > MAX_PAGE_BYTES && page.heights().size() > 1) {
      throw RpcException.internal(
          "the blocks of this page have "
              + bytes
              + " bytes, of "
              + MAX_PAGE_BYTES
              + " that one answer may have; ask for fewer per_page");
    }
  }

  /**
   * What a call searches for; without an order the newest come first where so {@code descending}.
   */
  private static TxQuery query(CallParams params, PageRequest pages, boolean descending)
      throws RpcException {
    String order = params.text("order_by");
    if (!order.isEmpty() && !order.equals("asc") && !order.equals("desc")) {
      throw RpcException.internal("expected order_by to be either `asc` or `desc` or empty");
    }
    return new TxQuery(
        conditions(params.text("query")),
        order.isEmpty() ? descending : order.equals("desc"),
        Math.max(0, pages.offset()),
        pages.limit());
  }

  private static List<Condition> conditions(String query) throws RpcException {
    if (QueryParser.isTooLong(query)) {
      throw RpcException.internal("maximum query length exceeded");
    }
    try {
      return QueryParser.conditions(query);
    } catch (QuerySyntaxException e) {
      throw RpcException.internal(e.text());
    }
  }

  private static <T> T search(TxQuery query, Function<TxQuery, T> search) throws RpcException {
    try {
      return search.apply(query);
    } catch (IllegalArgumentException e) {
      throw RpcException.internal(String.valueOf(e.getMessage()));
    }
  }

  private Optional<TxProof> proof(TxResult tx, boolean prove) {
    return prove ? engine.proof(tx.height(), tx.index()) : Optional.empty();
  }
}
