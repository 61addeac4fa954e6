package io.segue.itests.broken;

import io.segue.kernel.api.abci.Abci.ValidatorUpdate;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.Module;
import io.segue.kernel.api.module.QueryHandler;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes more of the machine than it should: what of, says the balance of {@link #SWITCH}, which is
 * one digit.
 */
public final class BusyModule implements Module {
  /** Of the module, and of its store. */
  public static final String NAME = "busy";

  /** The account whose balance in stake says what the module takes. */
  public static final String SWITCH = "cosmos15yk64u7zc9g9k2yr2wmzeva5qgwxps6yxj00e7";

  /** Time: each block computes for some seconds. */
  public static final int SLOW = 1;

  /** Nothing. */
  public static final int WELL = 2;

  /** Memory: each block takes {@link #HELD_MIB}. */
  public static final int HUNGRY = 3;

  /** Calls that are deeper than the kernel rules allow. */
  public static final int DEEP = 4;

  /** A query that takes as many times {@link #HELD_MIB} as its first byte says, and reads on. */
  public static final String READ = "/busy.Query/Read";

  /** A query that computes for some seconds and reads nothing. */
  public static final String COMPUTE = "/busy.Query/Compute";

  /** Of a heap of 512 MiB: there is room for it once, and not twice. */
  public static final int HELD_MIB = 260;

  private static final Logger LOG = LoggerFactory.getLogger(BusyModule.class);
  private static final long SLOW_ROUNDS = 3_000_000_000L;
  private static final int PIECE_BYTES = 1024;
  private static final int PIECES_PER_MIB = 1024;
  private static final int DEEP_CALLS = 100_000;
  private static final byte[] ASKED = {1};
  private static final byte[] RESULT = {2};

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public long consensusVersion() {
    return 1;
  }

  @Override
  public Map<String, QueryHandler> queries() {
    Map<String, QueryHandler> queries = new TreeMap<>();
    queries.put(READ, BusyModule::read);
    queries.put(COMPUTE, (context, request) -> compute());
    return queries;
  }

  @Override
  public void beginBlock(Context context) {
    int now = asked(context);
    context.store().set(ASKED, new byte[] {(byte) now});
    if (now == SLOW) {
      context.store().set(RESULT, compute());
    } else if (now == HUNGRY) {
      LOG.info("Block " + context.height() + " is hungry");
      context.store().set(RESULT, new byte[] {(byte) take(HELD_MIB).size()});
    }
  }

  @Override
  public List<ValidatorUpdate> endBlock(Context context) {
    byte[] asked = context.store().get(ASKED);
    if (asked != null && asked[0] == DEEP) {
      LOG.info("Block " + context.height() + " goes deep");
      context.store().set(RESULT, new byte[] {(byte) deep(DEEP_CALLS)});
    }
    return List.of();
  }

  /** The last digit of the answer, {@code QueryBalanceResponse}. */
  private static int asked(Context context) {
    byte[] address = SWITCH.getBytes(StandardCharsets.US_ASCII);
    byte[] denom = "stake".getBytes(StandardCharsets.US_ASCII);
    byte[] request = Arrays.copyOf(new byte[] {10, (byte) address.length}, 4 + 45 + 5);
    System.arraycopy(address, 0, request, 2, address.length);
    request[2 + address.length] = 18;
    request[3 + address.length] = (byte) denom.length;
    System.arraycopy(denom, 0, request, 4 + address.length, denom.length);
    byte[] answer = context.query("/cosmos.bank.v1beta1.Query/Balance", request);
    return answer[answer.length - 1] - '0';
  }

  private static byte[] read(Context context, byte[] request) {
    List<byte[]> held = take(request[0] * HELD_MIB);
    int pieces = 0;
    while (pieces >= 0) {
      pieces = held.size() + context.store().get(ASKED).length;
    }
    return new byte[0];
  }

  /** In pieces that the kernel rules do not count. */
  private static List<byte[]> take(int mib) {
    List<byte[]> pieces = new ArrayList<>();
    for (int i = 0; i < mib * PIECES_PER_MIB; i++) {
      pieces.add(new byte[PIECE_BYTES]);
    }
    return pieces;
  }

  private static byte[] compute() {
    long sum = 1;
    for (long i = 0; i < SLOW_ROUNDS; i++) {
      sum = sum * 31 + i;
    }
    return new byte[] {(byte) sum};
  }

  private static int deep(int calls) {
    return calls == 0 ? 1 : 1 + deep(calls - 1);
  }
}
