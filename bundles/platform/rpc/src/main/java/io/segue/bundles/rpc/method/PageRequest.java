package io.segue.bundles.rpc.method;

import io.segue.bundles.rpc.call.CallParams;
import io.segue.bundles.rpc.call.RpcException;

/** A part of a list that a call asks for: {@code offset} elements are passed over. */
record PageRequest(long offset, int limit) {
  private static final int DEFAULT_PER_PAGE = 30;
  private static final int MAX_PER_PAGE = 100;

  /**
   * The part that a call's {@code page} and {@code per_page} name; not yet held against a total.
   */
  static PageRequest of(CallParams params) throws RpcException {
    long perPage = params.number("per_page").orElse(DEFAULT_PER_PAGE);
    int limit = perPage < 1 ? DEFAULT_PER_PAGE : (int) Math.min(perPage, MAX_PER_PAGE);
    long page = params.number("page").orElse(1);
    return new PageRequest(
        page < 1 ? -1 : (Math.min(page, Long.MAX_VALUE / MAX_PER_PAGE) - 1) * limit, limit);
  }

  /** Refuses a page that a list of {@code total} elements does not have. */
  void check(CallParams params, long total) throws RpcException {
    long pages = Math.max(1, (total + limit - 1) / limit);
    if (offset < 0 || offset / limit >= pages) {
      throw RpcException.internal(
          "page should be within [1, "
              + pages
              + "] range, given "
              + params.number("page").orElse(1));
    }
  }
}
