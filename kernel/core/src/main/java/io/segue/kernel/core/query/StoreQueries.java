package io.segue.kernel.core.query;

import io.segue.kernel.api.abci.Abci.ProofOp;
import io.segue.kernel.api.abci.Abci.QueryRequest;
import io.segue.kernel.api.abci.Abci.QueryResponse;
import io.segue.kernel.api.module.KVIterator;
import io.segue.kernel.api.module.KVStore;
import io.segue.kernel.api.module.QueryException;
import io.segue.kernel.api.store.HeightUnavailableException;
import io.segue.kernel.api.store.StateStore;
import io.segue.kernel.api.store.StateView;
import io.segue.kernel.core.gas.Deadline;
import io.segue.kernel.core.gas.ErrorResult;
import java.io.ByteArrayOutputStream;
import java.util.List;

/**
 * Answers queries of raw entries, {@code /store/<name>/key} with an optional proof and {@code
 * /store/<name>/subspace}, with codespace {@code store} as the Cosmos SDK 0.50 does.
 */
final class StoreQueries {
  /** Most bytes of keys and values in one answer about a subspace. */
  static final int SUBSPACE_BYTES = 16 << 20;

  private static final String CODESPACE = "store";
  private static final int TX_PARSE = 3;
  private static final int UNKNOWN_REQUEST = 4;
  private static final int INVALID_REQUEST = 7;
  private static final String NO_VERSION = "version does not exist";
  private static final byte[] NOTHING = {};

  private final StateStore store;

  StoreQueries(StateStore store) {
    this.store = store;
  }

  /**
   * Answers.
   *
   * @param deadline when a subspace that is read has to end
   * @throws QueryException where it passes
   */
  QueryResponse answer(String[] path, QueryRequest request, long height, Deadline deadline) {
    if (request.prove() && height <= 1) {
      return Queries.refused(Queries.proofTooEarly(), height);
    }
    if (path.length < 2) {
      return refused(UNKNOWN_REQUEST, "no such store: : unknown request", height);
    }
    String name = path[1];
    try (StateView view = store.view(height)) {
      if (!view.stores().contains(name)) {
        return refused(UNKNOWN_REQUEST, "no such store: " + name + ": unknown request", height);
      }
      String what = "/" + (path.length > 2 ? path[2] : "");
      if (request.data().length == 0) {
        return request.prove()
            ? noProof(height)
            : refused(TX_PARSE, "query cannot be zero length: tx parse error", height);
      }
      return switch (what) {
        case "/key" -> key(view, name, request, height);
        case "/subspace" -> subspace(view, name, request.data(), height, deadline);
        default ->
            refused(
                UNKNOWN_REQUEST, "unexpected query path: " + what + ": unknown request", height);
      };
    } catch (HeightUnavailableException e) {
      return request.prove()
          ? noProof(height)
          : new QueryResponse(0, "", NO_VERSION, request.data(), NOTHING, List.of(), height);
    }
  }

  private QueryResponse key(StateView view, String name, QueryRequest request, long height) {
    byte[] value = view.store(name).get(request.data());
    List<ProofOp> proof = List.of();
    if (request.prove()) {
      try {
        proof = store.prove(name, request.data(), height);
      } catch (IllegalArgumentException e) {
        return refused(INVALID_REQUEST, e.getMessage() + ": invalid request", height);
      }
    }
    return new QueryResponse(
        0, "", "", request.data(), value == null ? NOTHING : value, proof, height);
  }

  private QueryResponse subspace(
      StateView view, String name, byte[] prefix, long height, Deadline deadline) {
    ByteArrayOutputStream pairs = new ByteArrayOutputStream();
    try (KVIterator entries = view.store(name).iterate(prefix, KVStore.prefixEnd(prefix), false)) {
      while (entries.next()) {
        deadline.check();
        if (pairs.size() > SUBSPACE_BYTES) {
          return refused(
              INVALID_REQUEST,
              "the subspace has more than "
                  + SUBSPACE_BYTES
                  + " bytes; ask for a longer prefix: invalid request",
              height);
        }
        addPair(pairs, entries.key(), entries.value());
      }
    }
    return new QueryResponse(0, "", "", prefix, pairs.toByteArray(), List.of(), height);
  }

  /** Adds field 1 of the protobuf message Pairs: a pair with key (1) and value (2). */
  private static void addPair(ByteArrayOutputStream out, byte[] key, byte[] value) {
    int size = fieldSize(key) + fieldSize(value);
    out.write(1 << 3 | 2);
    writeVarint(out, size);
    writeField(out, 1, key);
    writeField(out, 2, value);
  }

  private static void writeField(ByteArrayOutputStream out, int number, byte[] bytes) {
    out.write(number << 3 | 2);
    writeVarint(out, bytes.length);
    out.writeBytes(bytes);
  }

  private static int fieldSize(byte[] bytes) {
    int size = 1 + bytes.length;
    for (int rest = bytes.length; ; rest >>>= 7) {
      size++;
      if (rest < 0x80) {
        return size;
      }
    }
  }

  private static void writeVarint(ByteArrayOutputStream out, int value) {
    int rest = value;
    while (rest >= 0x80) {
      out.write(rest & 0x7f | 0x80);
      rest >>>= 7;
    }
    out.write(rest);
  }

  private static QueryResponse noProof(long height) {
    return refused(
        INVALID_REQUEST,
        "proof is unexpectedly empty; ensure height has not been pruned: invalid request",
        height);
  }

  private static QueryResponse refused(int code, String log, long height) {
    return Queries.refused(new ErrorResult(CODESPACE, code, log), height);
  }
}
