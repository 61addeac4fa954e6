package io.segue.bundles.sdk;

import com.google.protobuf.ByteString;
import io.segue.bundles.sdk.proto.base.PageRequest;
import io.segue.bundles.sdk.proto.base.PageResponse;
import io.segue.kernel.api.module.KVIterator;
import io.segue.kernel.api.module.KVStore;
import java.util.Arrays;

/** Pages of a list that a store holds, as queries of the Cosmos SDK turn them. */
public final class Pages {
  /** Entries of a page whose request does not say. */
  public static final long DEFAULT_LIMIT = 100;

  /** Most entries of a page; a client that asks for more gets {@code next_key} and goes on. */
  public static final long MAX_LIMIT = 10_000;

  private Pages() {}

  /** Takes the entries of a page. */
  @FunctionalInterface
  public interface Visitor {
    /**
     * Checks an entry.
     *
     * @param key without the prefix of the list
     * @param onPage whether the entry belongs to the page if it matches
     * @return whether the entry matches; only those count
     */
    boolean visit(byte[] key, byte[] value, boolean onPage);
  }

  /** Takes the entries of a page where every entry matches. */
  @FunctionalInterface
  public interface Taker {
    /**
     * Takes an entry of the page.
     *
     * @param key without the prefix of the list
     */
    void take(byte[] key, byte[] value);
  }

  /** A page of all entries whose key starts with {@code prefix}. */
  public static PageResponse of(KVStore store, byte[] prefix, PageRequest request, Taker taker) {
    return filtered(
        store,
        prefix,
        request,
        (key, value, onPage) -> {
          if (onPage) {
            taker.take(key, value);
          }
          return true;
        });
  }

  /**
   * A page of those entries whose key starts with {@code prefix} and that match.
   *
   * @throws IllegalArgumentException where the request has both a key and an offset
   */
  public static PageResponse filtered(
      KVStore store, byte[] prefix, PageRequest request, Visitor visitor) {
    boolean byKey = !request.getKey().isEmpty();
    if (byKey && request.getOffset() != 0) {
      throw new IllegalArgumentException(
          "invalid request, either offset or key is expected, got both");
    }
    boolean noLimit = request.getLimit() == 0;
    boolean countTotal = (request.getCountTotal() || noLimit) && !byKey;
    long limit = noLimit ? DEFAULT_LIMIT : smaller(request.getLimit(), MAX_LIMIT);
    long first = request.getOffset();
    long matches = 0;
    PageResponse.Builder response = PageResponse.newBuilder();
    try (KVIterator entries = iterator(store, prefix, request)) {
      boolean more = entries.next();
      while (more) {
        byte[] key = Arrays.copyOfRange(entries.key(), prefix.length, entries.key().length);
        boolean reached = Long.compareUnsigned(matches, first) >= 0;
        boolean full = reached && matches - first >= limit;
        boolean matched = visitor.visit(key, entries.value(), reached && !full);
        if (matched && full && response.getNextKey().isEmpty()) {
          response.setNextKey(ByteString.copyFrom(key));
        }
        matches += matched ? 1 : 0;
        more = (countTotal || response.getNextKey().isEmpty()) && entries.next();
      }
    }
    return countTotal ? response.setTotal(matches).build() : response.build();
  }

  private static KVIterator iterator(KVStore store, byte[] prefix, PageRequest request) {
    byte[] start = request.getKey().isEmpty() ? prefix : join(prefix, request.getKey());
    if (!request.getReverse()) {
      return store.iterate(start, KVStore.prefixEnd(prefix));
    }
    byte[] end =
        request.getKey().isEmpty()
            ? KVStore.prefixEnd(prefix)
            : Arrays.copyOf(start, start.length + 1);
    return store.reverse(prefix, end);
  }

  private static byte[] join(byte[] prefix, ByteString key) {
    byte[] joined = Arrays.copyOf(prefix, prefix.length + key.size());
    key.copyTo(joined, prefix.length);
    return joined;
  }

  private static long smaller(long unsigned, long limit) {
    return Long.compareUnsigned(unsigned, limit) < 0 ? unsigned : limit;
  }
}
