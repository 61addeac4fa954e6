package io.segue.bundles.services;

import com.google.protobuf.Message;
import io.segue.bundles.rpc.query.QueryParser;
import io.segue.bundles.rpc.query.QuerySyntaxException;
import io.segue.bundles.sdk.proto.tx.Tx;
import io.segue.bundles.services.proto.tx.GetTxsEventRequest;
import io.segue.bundles.services.proto.tx.GetTxsEventResponse;
import io.segue.bundles.services.proto.tx.OrderBy;
import io.segue.kernel.api.engine.Engine;
import io.segue.kernel.api.engine.Engine.Condition;
import io.segue.kernel.api.engine.Engine.TxPage;
import io.segue.kernel.api.engine.Engine.TxQuery;
import io.segue.kernel.api.module.QueryException;
import io.segue.kernel.api.module.QueryException.Status;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Searches for transactions, {@code GetTxsEvent}, in CometBFT's language of queries. */
final class TxsEvent {
  private final Engine engine;
  private final TxService txs;

  TxsEvent(Engine engine, TxService txs) {
    this.engine = engine;
    this.txs = txs;
  }

  Message search(GetTxsEventRequest request) {
    if (request.getQuery().isEmpty()) {
      throw new QueryException(Status.Internal, "query cannot be empty");
    }
    // An unsigned number, of which the larger half is beyond any page.
    long page = request.getPage() < 0 ? Long.MAX_VALUE : Math.max(1, request.getPage());
    int limit =
        request.getLimit() <= 0
            ? TxService.MAX_TXS
            : (int) Math.min(request.getLimit(), TxService.MAX_TXS);
    boolean descending = request.getOrderBy() == OrderBy.ORDER_BY_DESC;
    long offset = (Math.min(page, Long.MAX_VALUE / TxService.MAX_TXS) - 1) * limit;
    TxPage found;
    try {
      found = engine.search(new TxQuery(conditions(request.getQuery()), descending, offset, limit));
    } catch (IllegalArgumentException e) {
      throw refused(String.valueOf(e.getMessage()));
    }
    long pages = Math.max(1, (found.total() + limit - 1) / limit);
    if (page > pages) {
      throw refused(
          "page should be within [1, "
              + pages
              + "] range, given "
              + Long.toUnsignedString(request.getPage()));
    }
    GetTxsEventResponse.Builder response = GetTxsEventResponse.newBuilder().setTotal(found.total());
    Map<Long, Instant> times = new HashMap<>();
    for (Engine.TxResult result : found.txs()) {
      Tx tx = TxResponses.inBlock(result.tx()).orElse(Tx.getDefaultInstance());
      Instant time = times.computeIfAbsent(result.height(), txs::time);
      response.addTxs(tx).addTxResponses(TxResponses.committed(result, tx, time));
    }
    return response.build();
  }

  private static List<Condition> conditions(String query) {
    if (QueryParser.isTooLong(query)) {
      throw refused("maximum query length exceeded");
    }
    try {
      return QueryParser.conditions(query);
    } catch (QuerySyntaxException e) {
      throw refused(e.text());
    }
  }

  private static QueryException refused(String why) {
    return new QueryException(Status.Internal, "failed to search for txs: " + why);
  }
}
