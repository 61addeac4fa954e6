package io.segue.kernel.core.query;

import io.segue.kernel.api.abci.Abci.QueryRequest;
import io.segue.kernel.api.abci.Abci.QueryResponse;
import io.segue.kernel.api.guard.CancelledError;
import io.segue.kernel.api.guard.LimitError;
import io.segue.kernel.api.module.Descriptors;
import io.segue.kernel.api.module.ExecMode;
import io.segue.kernel.api.module.QueryException;
import io.segue.kernel.api.node.GrpcQueries;
import io.segue.kernel.api.node.Interfaces;
import io.segue.kernel.api.node.NodeQueries;
import io.segue.kernel.api.node.NodeQueries.NodeQuery;
import io.segue.kernel.api.store.HeightUnavailableException;
import io.segue.kernel.api.store.StateStore;
import io.segue.kernel.api.store.StateView;
import io.segue.kernel.core.check.CheckState;
import io.segue.kernel.core.check.NotReady;
import io.segue.kernel.core.check.QueryLimits;
import io.segue.kernel.core.exec.BlockHeader;
import io.segue.kernel.core.exec.ExecutionContext;
import io.segue.kernel.core.gas.ErrorResult;
import io.segue.kernel.core.gas.GrpcStatus;
import io.segue.kernel.core.gas.KernelRules;
import io.segue.kernel.core.module.MessageRouter.QueryRoute;
import io.segue.kernel.core.module.ModuleSet;
import io.segue.kernel.core.module.Steps;
import io.segue.kernel.core.overlay.Branch;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Answers queries at committed heights, each with the code that ran at its height: with ABCI's
 * codes or with gRPC's statuses; and hands out the descriptors of that code. Any thread.
 *
 * <p>Paths: a query of a module ({@code /cosmos.bank.v1beta1.Query/Balance}) or of the platform,
 * the simulation of a transaction, and over ABCI only {@code /store/<name>/key}, {@code /subspace}
 * and {@code /describe}, {@code /app/version} and {@code /p2p/filter/...}. Codes and logs are those
 * of the Cosmos SDK 0.50. A failure is a code of the answer; only errors of the VM and of the disk
 * are thrown.
 */
public final class Queries implements GrpcQueries, Interfaces {
  /** All queries of raw entries, as one path among those that share the places. */
  private static final String STORE = "/store";

  private static final String DESCRIBE = "describe";

  private static final byte[] NOTHING = {};
  private static final int UNKNOWN_REQUEST = 6;
  private static final int INVALID_REQUEST = 18;
  private static final int INVALID_HEIGHT = 26;

  private final StateStore store;
  private final Heights heights;
  private final CheckState checkState;
  private final StoreQueries storeQueries;
  private final String version;
  private final Supplier<QueryLimits> limits;
  private final Steps steps;
  private final Supplier<List<NodeQueries>> services;
  private final QueryRoom room = new QueryRoom();

  /** Knows which heights are served, and by which code. */
  public interface Heights {
    /** The last height that is committed and whose code is published; 0 before the first block. */
    long last();

    /**
     * The code of a committed height that the store can read; the caller closes it, and waits where
     * it has to be loaded.
     *
     * @throws HeightUnavailableException where the height is no longer served
     * @throws CodeUnavailableException where its code can't be had
     */
    Lease at(long height);
  }

  /** The code of a height, lent. */
  public interface Lease extends AutoCloseable {
    /** The modules of the generation that ran at the height. */
    ModuleSet modules();

    /** Its kernel rules. */
    KernelRules rules();

    /** The block of the height. */
    BlockHeader header();

    @Override
    void close();
  }

  /** Queries of modules alone. */
  public Queries(
      StateStore store,
      Heights heights,
      CheckState checkState,
      String version,
      Supplier<QueryLimits> limits,
      Steps steps) {
    this(store, heights, checkState, version, limits, steps, List::of);
  }

  /**
   * Queries over a store.
   *
   * @param checkState where transactions are simulated
   * @param version of the application, as {@code /app/version} shows it
   * @param limits what counts now
   * @param steps is told what runs
   * @param services the platform's, which answer before modules do
   */
  public Queries(
      StateStore store,
      Heights heights,
      CheckState checkState,
      String version,
      Supplier<QueryLimits> limits,
      Steps steps,
      Supplier<List<NodeQueries>> services) {
    this.store = store;
    this.heights = heights;
    this.checkState = checkState;
    this.storeQueries = new StoreQueries(store);
    this.version = version;
    this.limits = limits;
    this.steps = steps;
    this.services = services;
  }

  /** Answers. The answer's height is the one that was read, or asked for where it can't be read. */
  public QueryResponse query(QueryRequest request) {
    long last = heights.last();
    long height = request.height() == 0 ? last : request.height();
    String[] path = split(request.path());
    if (path.length == 0) {
      return refused(unknown("no query path provided"), height);
    }
    return switch (path[0]) {
      case "app" -> app(path, height);
      case "store" ->
          path.length == 3 && path[2].equals(DESCRIBE)
              ? described(path[1], request, height, last)
              : ofStore(path, request, height);
      case "p2p" -> p2p(path, height);
      default -> answer(request, height, last);
    };
  }

  @Override
  public Answer query(String path, byte[] request, long asked) {
    return withStatus(
        asked,
        (height, last) -> {
          try {
            return new Answer(value(path, request, height, last), height);
          } catch (UnknownPathException e) {
            throw new QueryException(
                QueryException.Status.Unimplemented,
                "unknown query " + path + " at height " + height);
          }
        });
  }

  @Override
  public long height() {
    return heights.last();
  }

  @Override
  public Descriptors at(long asked) {
    return withStatus(asked, (height, last) -> available(height, last, () -> descriptors(height)));
  }

  /** An answer that only refuses. */
  static QueryResponse refused(ErrorResult refusal, long height) {
    return new QueryResponse(
        refusal.code(), refusal.codespace(), refusal.log(), NOTHING, NOTHING, List.of(), height);
  }

  static ErrorResult proofTooEarly() {
    return new ErrorResult(
        "sdk",
        INVALID_REQUEST,
        "cannot query with proof when height <= 1; please provide a valid height: invalid request");
  }

  /** Raw entries and proofs, within the same limits as what modules answer. */
  private QueryResponse ofStore(String[] path, QueryRequest request, long height) {
    QueryLimits now = limits.get();
    try (QueryRoom.Place place = room.enter(STORE, now.atOnce())) {
      return storeQueries.answer(path, request, height, now.deadline());
    } catch (QueryException e) {
      return refused(GrpcStatus.ofQuery(e), height);
    }
  }

  private QueryResponse described(String name, QueryRequest request, long height, long last) {
    return answer(
        height, last, () -> available(height, last, () -> describe(name, request.data(), height)));
  }

  /** What the entry of a key says, as text; nothing where the module has no words for it. */
  private byte[] describe(String name, byte[] key, long height) {
    try (QueryRoom.Place place = room.enter(STORE, limits.get().atOnce());
        Steps.Step step =
            steps.begin(Steps.Kind.QUERY, "query", "", STORE + "/" + name + "/" + DESCRIBE);
        Lease lease = heights.at(height);
        StateView view = store.view(height)) {
      byte[] value = view.stores().contains(name) ? view.store(name).get(key) : null;
      return Optional.ofNullable(value)
          .flatMap(found -> lease.modules().describe(name, key, found))
          .map(words -> words.getBytes(StandardCharsets.UTF_8))
          .orElse(NOTHING);
    }
  }

  private QueryResponse answer(QueryRequest request, long height, long last) {
    return answer(
        height,
        last,
        () -> {
          if (request.prove() && height <= 1) {
            throw new RefusedException(proofTooEarly());
          }
          return value(request.path(), request.data(), height, last);
        });
  }

  private static QueryResponse answer(long height, long last, Supplier<byte[]> reading) {
    try {
      requireServed(height, last);
      return new QueryResponse(0, "", "", NOTHING, reading.get(), List.of(), height);
    } catch (UnknownPathException e) {
      return refused(unknown("unknown query path"), height);
    } catch (RefusedException e) {
      return refused(e.refusal, height);
    } catch (RuntimeException e) {
      return refused(GrpcStatus.ofQuery(e), height);
    }
  }

  /** What is read of a height that was asked for. */
  @FunctionalInterface
  private interface Reading<T> {
    T read(long height, long last);
  }

  /** Reads; every failure is one with a gRPC status. */
  private <T> T withStatus(long asked, Reading<T> reading) {
    long last = heights.last();
    long height = asked == 0 ? last : asked;
    try {
      requireServed(height, last);
      return reading.read(height, last);
    } catch (RefusedException e) {
      throw GrpcStatus.registered(e.refusal);
    } catch (RuntimeException e) {
      throw GrpcStatus.of(e);
    }
  }

  private byte[] value(String path, byte[] request, long height, long last) {
    boolean simulation = path.equals(ModuleSet.SIMULATE_PATH);
    Optional<NodeQuery> platform = simulation ? Optional.empty() : platform(path);
    try (Steps.Step step =
        steps.begin(Steps.Kind.QUERY, simulation ? "simulation" : "query", "", path)) {
      return available(
          height,
          last,
          () ->
              platform.isPresent()
                  ? platform.get().answer(height, request)
                  : byModules(simulation, path, request, height));
    }
  }

  /**
   * Runs code of modules, where there is room for one more. Services of the platform take no place:
   * they ask modules themselves, and those that had one would wait for each other's.
   */
  private byte[] byModules(boolean simulation, String path, byte[] request, long height) {
    try (QueryRoom.Place place = room.enter(path, limits.get().atOnce())) {
      return simulation ? checkState.simulate(request, limits.get()) : ask(path, request, height);
    }
  }

  private static <T> T available(long height, long last, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (HeightUnavailableException e) {
      throw new RefusedException(e.future() ? future() : unavailable("state", e, height, last));
    } catch (CodeUnavailableException e) {
      throw new RefusedException(unavailable("code", e, height, last));
    } catch (CancelledError e) {
      throw new QueryException(QueryException.Status.Unavailable, e.text());
    } catch (LimitError e) {
      throw new QueryException(QueryException.Status.Unknown, e.text());
    }
  }

  private Descriptors descriptors(long height) {
    try (Lease lease = heights.at(height)) {
      return lease.modules().serverDescriptors().with(services.get());
    }
  }

  private static void requireServed(long height, long last) {
    if (last == 0) {
      throw new RefusedException(NotReady.REFUSAL);
    }
    if (height < 0) {
      throw new RefusedException(
          new ErrorResult(
              "sdk",
              INVALID_REQUEST,
              "cannot query with height < 0; please provide a valid height: invalid request"));
    }
    if (height > last) {
      throw new RefusedException(future());
    }
  }

  private Optional<NodeQuery> platform(String path) {
    return services.get().stream()
        .flatMap(service -> Stream.ofNullable(service.queries().get(path)))
        .findFirst();
  }

  private byte[] ask(String path, byte[] request, long height) {
    try (Lease lease = heights.at(height);
        StateView view = store.view(height)) {
      QueryRoute route = lease.modules().query(path);
      if (route == null || route.internal()) {
        throw new UnknownPathException();
      }
      try (ExecutionContext run =
          new ExecutionContext(
              lease.modules(),
              lease.rules(),
              new Branch(view),
              lease.header(),
              ExecMode.QUERY,
              "")) {
        return ask(run, route, request);
      }
    }
  }

  private byte[] ask(ExecutionContext run, QueryRoute route, byte[] request) {
    QueryLimits now = limits.get();
    run.begin(now.queryMeter());
    run.gas.endBy(now.deadline());
    try {
      byte[] answer = run.query(route, request);
      run.gas.requireLeft();
      return answer;
    } catch (RuntimeException e) {
      if (run.gas.used() > run.gas.limit()) {
        throw needsMoreThan(run.gas.limit());
      }
      throw e;
    }
  }

  private static QueryException needsMoreThan(long gas) {
    return new QueryException(
        QueryException.Status.Unavailable,
        "it needs more than "
            + gas
            + " gas, the query-gas-limit of this node; ask for less at once, by pagination, or ask"
            + " a node with a higher one");
  }

  private QueryResponse app(String[] path, long height) {
    if (path.length < 2) {
      return refused(
          unknown(
              "expected second parameter to be either 'simulate' or 'version', neither was"
                  + " present"),
          height);
    }
    if (path[1].equals("version")) {
      return new QueryResponse(
          0, "sdk", "", NOTHING, version.getBytes(StandardCharsets.UTF_8), List.of(), height);
    }
    return refused(unknown("unknown query: [" + String.join(" ", path) + "]"), height);
  }

  private static QueryResponse p2p(String[] path, long height) {
    boolean filter =
        path.length == 4
            && path[1].equals("filter")
            && (path[2].equals("addr") || path[2].equals("id"));
    return filter
        ? new QueryResponse(0, "", "", NOTHING, NOTHING, List.of(), height)
        : refused(unknown("expected second parameter to be 'filter'"), height);
  }

  private static ErrorResult future() {
    return new ErrorResult(
        "sdk",
        INVALID_HEIGHT,
        "cannot query with height in the future; please provide a valid height: invalid height");
  }

  private static ErrorResult unavailable(
      String what, RuntimeException why, long height, long last) {
    return new ErrorResult(
        "sdk",
        INVALID_REQUEST,
        "failed to load "
            + what
            + " at height "
            + height
            + "; "
            + why.getMessage()
            + " (latest height: "
            + last
            + "): invalid request");
  }

  private static ErrorResult unknown(String detail) {
    return new ErrorResult("sdk", UNKNOWN_REQUEST, detail + ": unknown request");
  }

  private static String[] split(String path) {
    String[] parts = path.split("/", -1);
    return parts[0].isEmpty() ? Arrays.copyOfRange(parts, 1, parts.length) : parts;
  }

  /** The height can't be read; a code of the answer as it stands. */
  private static final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    final transient ErrorResult refusal;

    RefusedException(ErrorResult refusal) {
      super(refusal.log(), null, false, false);
      this.refusal = refusal;
    }
  }

  /** The code of the height has no such query, or none that the outside may ask. */
  private static final class UnknownPathException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnknownPathException() {
      super("unknown query path", null, false, false);
    }
  }
}
