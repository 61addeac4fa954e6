package io.segue.bundles.consensus.comet.rpc;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.segue.kernel.api.engine.Engine.Condition;
import io.segue.kernel.api.engine.Engine.Operand;
import io.segue.kernel.api.engine.Engine.TxQuery;
import java.util.stream.Collectors;

/** Searches as the parameters of {@code tx_search} and {@code block_search}. */
final class Searches {
  /** Most hits of a page, as CometBFT has it. */
  static final int MAX_PER_PAGE = 100;

  private Searches() {}

  /**
   * The parameters of a search.
   *
   * @throws IllegalArgumentException where CometBFT has no such page or condition
   */
  static ObjectNode params(TxQuery query) {
    if (query.limit() < 1 || query.limit() > MAX_PER_PAGE || query.offset() % query.limit() != 0) {
      throw new IllegalArgumentException(
          "offset "
              + query.offset()
              + " with limit "
              + query.limit()
              + " is no page of 1 to "
              + MAX_PER_PAGE
              + " hits");
    }
    ObjectNode params = RpcClient.params();
    params.put(
        "query",
        query.conditions().stream().map(Searches::text).collect(Collectors.joining(" AND ")));
    params.put("page", Long.toString(query.offset() / query.limit() + 1));
    params.put("per_page", Integer.toString(query.limit()));
    params.put("order_by", query.descending() ? "desc" : "asc");
    return params;
  }

  private static String text(Condition condition) {
    String key = condition.key();
    return switch (condition.comparison()) {
      case EXISTS -> key + " EXISTS";
      case CONTAINS -> key + " CONTAINS " + operand(condition);
      case EQUAL -> key + "=" + operand(condition);
      case LESS -> key + "<" + operand(condition);
      case LESS_OR_EQUAL -> key + "<=" + operand(condition);
      case GREATER -> key + ">" + operand(condition);
      case GREATER_OR_EQUAL -> key + ">=" + operand(condition);
    };
  }

  private static String operand(Condition condition) {
    String operand = condition.operand();
    if (condition.type() == Operand.TEXT && operand.indexOf('\'') >= 0) {
      throw new IllegalArgumentException("a text in a query has no quote: " + operand);
    }
    return switch (condition.type()) {
      case TEXT -> "'" + operand + "'";
      case NUMBER -> operand;
      case DATE -> "DATE " + operand;
      case TIME -> "TIME " + operand;
    };
  }
}
