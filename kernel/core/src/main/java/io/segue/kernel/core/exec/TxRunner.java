package io.segue.kernel.core.exec;

import io.segue.kernel.api.abci.Abci.Event;
import io.segue.kernel.api.abci.Abci.ExecTxResult;
import io.segue.kernel.api.guard.Guard;
import io.segue.kernel.api.guard.LimitError;
import io.segue.kernel.api.module.ExecMode;
import io.segue.kernel.api.module.MessageHandler.Parsed;
import io.segue.kernel.api.module.ModuleException;
import io.segue.kernel.api.module.QueryException;
import io.segue.kernel.api.module.Tx;
import io.segue.kernel.api.module.TxFormat;
import io.segue.kernel.core.gas.BlockGas;
import io.segue.kernel.core.gas.ChangeLimit;
import io.segue.kernel.core.gas.ErrorResult;
import io.segue.kernel.core.gas.Gas;
import io.segue.kernel.core.gas.KernelRules;
import io.segue.kernel.core.gas.Limits;
import io.segue.kernel.core.module.MessageRouter.AnteRoute;
import io.segue.kernel.core.module.MessageRouter.ExtensionRoute;
import io.segue.kernel.core.module.MessageRouter.MessageRoute;
import io.segue.kernel.core.module.ModuleSet;
import io.segue.kernel.core.module.Steps;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs transactions one after the other on a {@link ExecutionContext}.
 *
 * <ol>
 *   <li>{@link #decode}: size, form, number of messages, a route for each of them;
 *   <li>the ante steps on a branch: if one refuses, nothing of the transaction persists;
 *   <li>the messages on another branch, all or nothing: if one fails, what the ante steps wrote and
 *       emitted persists.
 * </ol>
 */
public final class TxRunner {
  private static final byte[] NO_DATA = {};
  private static final int TX_DECODE = 2;
  private static final int TX_TOO_LARGE = 21;
  private static final int INVALID_REQUEST = 18;

  private final ExecutionContext run;
  private final BlockGas blockGas;
  private final long changedBefore;

  /**
   * @param blockGas gas that the transactions may use together
   */
  public TxRunner(ExecutionContext run, BlockGas blockGas) {
    this.run = run;
    this.blockGas = blockGas;
    this.changedBefore = run.branch.changedBytes();
  }

  /**
   * Decodes a transaction and refuses what needs no state to be refused. Any thread.
   *
   * @throws ModuleException where it is refused
   */
  public static Tx decode(ModuleSet modules, KernelRules rules, byte[] raw, boolean simulate) {
    Limits limits = rules.limits();
    if (raw.length > limits.txBytes()) {
      throw ErrorResult.sdk(
          TX_TOO_LARGE,
          "transaction of "
              + raw.length
              + " bytes, the limit is "
              + limits.txBytes()
              + ": tx too large");
    }
    if (ProposedEntry.is(raw)) {
      throw ErrorResult.sdk(
          TX_DECODE, "the entry of a proposer, which nobody can send: tx parse error");
    }
    Tx tx = decoded(modules, raw, simulate);
    List<Tx.Message> messages = tx.messages();
    if (messages.isEmpty()) {
      throw ErrorResult.sdk(INVALID_REQUEST, "must contain at least one message: invalid request");
    }
    if (messages.size() > limits.txMessages()) {
      throw ErrorResult.sdk(
          INVALID_REQUEST,
          messages.size() + " messages, the limit is " + limits.txMessages() + ": invalid request");
    }
    for (Tx.Message message : messages) {
      if (!modules.descriptors().routable(message.typeUrl())) {
        throw ExecutionContext.unroutable(message.typeUrl());
      }
    }
    return tx;
  }

  /** What it makes is not counted with what the transaction makes, which may be decoded already. */
  private static Tx decoded(ModuleSet modules, byte[] raw, boolean simulate) {
    int opened = Guard.open();
    try {
      return modules.txFormat().decode(raw, modules.descriptors(), simulate);
    } finally {
      Guard.close(opened);
    }
  }

  /** Executes what the proposer put in front of a block's transactions. */
  static ExecTxResult deliver(ExecutionContext run, ExtensionRoute route, byte[] entry) {
    run.begin(Long.MAX_VALUE);
    int mark = run.branch.mark();
    try (Steps.Step step = run.step("the proposer's entry", route.owner().name, "")) {
      route.extension().deliver(run.context(route.owner()), ProposedEntry.content(entry));
      run.branch.keep(mark);
      return new ExecTxResult(0, NO_DATA, "", 0, 0, run.takeEvents(), "");
    } catch (RuntimeException | LimitError e) {
      run.branch.undo(mark);
      run.dropEvents(0);
      return result(ErrorResult.of(e), 0, 0, List.of());
    } finally {
      run.branch.closeIterators();
    }
  }

  /** Executes a transaction as part of a block. */
  ExecTxResult deliver(byte[] raw) {
    try (Steps.Step step = run.step("transaction", "", "")) {
      return deliverTx(raw);
    }
  }

  private ExecTxResult deliverTx(byte[] raw) {
    if (blockGas.isUsedUp()) {
      return result(
          new ErrorResult("sdk", Gas.OUT_OF_GAS, "no block gas left to run tx: out of gas"),
          0,
          0,
          List.of());
    }
    Tx tx;
    try {
      tx = decode(run.modules, run.rules, raw, false);
    } catch (RuntimeException | LimitError e) {
      return result(ErrorResult.of(e), 0, 0, List.of());
    }
    ExecTxResult result = execute(tx, tx.gasLimit());
    blockGas.use(Math.min(result.gasUsed(), tx.gasLimit()));
    return result;
  }

  /**
   * Runs a transaction for the gas it needs.
   *
   * @param gasLimit the most that it may need
   * @return the answer of a simulation query
   * @throws QueryException where the transaction fails; says how much gas it used
   */
  public byte[] simulate(byte[] raw, long gasLimit) {
    run.begin(gasLimit);
    try {
      Tx tx = decode(run.modules, run.rules, raw, true);
      ErrorResult refused = ante(tx, gasLimit);
      List<Tx.Message> responses = new ArrayList<>(tx.messages().size());
      if (refused == null) {
        refused = messages(tx, responses);
      }
      if (refused != null) {
        throw refused.toException();
      }
      return run.modules
          .txFormat()
          .encodeSimulation(tx.gasLimit(), run.gas.used(), responses, run.takeEvents());
    } catch (RuntimeException | LimitError e) {
      throw new QueryException(
          QueryException.Status.Unknown,
          ErrorResult.of(e).log() + " with gas used: '" + run.gas.used() + "'");
    } finally {
      run.branch.closeIterators();
    }
  }

  /** Runs ante steps and messages with this much gas. */
  private ExecTxResult execute(Tx tx, long gasLimit) {
    ErrorResult refused = ante(tx, gasLimit);
    if (refused != null) {
      return result(refused, tx.gasLimit(), run.gas.used(), List.of());
    }
    List<Tx.Message> responses = new ArrayList<>(tx.messages().size());
    byte[] data = NO_DATA;
    int eventsBefore = run.events().size();
    int mark = run.branch.mark();
    try {
      refused = messages(tx, responses);
      if (refused == null) {
        data = run.modules.txFormat().encodeResponses(responses);
      }
    } catch (RuntimeException | LimitError e) {
      refused = ErrorResult.of(e);
    }
    if (refused == null) {
      run.branch.keep(mark);
      run.branch.closeIterators();
      return new ExecTxResult(0, data, "", tx.gasLimit(), run.gas.used(), run.takeEvents(), "");
    }
    run.branch.undo(mark);
    run.branch.closeIterators();
    run.dropEvents(eventsBefore);
    return result(refused, tx.gasLimit(), run.gas.used(), run.takeEvents());
  }

  /** Runs the ante steps; null where all pass, otherwise nothing of them is left. */
  public @Nullable ErrorResult ante(Tx tx, long gasLimit) {
    run.begin(gasLimit);
    if (run.mode == ExecMode.FINALIZE || run.mode == ExecMode.SIMULATE) {
      long changed = run.branch.changedBytes();
      run.branch.limitChanges(ChangeLimit.ofTx(run.rules.limits(), changedBefore, changed));
    }
    int mark = run.branch.mark();
    try {
      for (AnteRoute route : run.modules.ante()) {
        try (Steps.Step step = run.step("ante step", route.owner().name, "")) {
          route.step().run(run.context(route.owner()), tx);
        }
      }
      run.gas.requireLeft();
      run.branch.requireWithinLimit();
    } catch (RuntimeException | LimitError e) {
      run.branch.undo(mark);
      run.branch.closeIterators();
      run.dropEvents(0);
      return ErrorResult.of(e);
    }
    run.branch.keep(mark);
    return null;
  }

  private @Nullable ErrorResult messages(Tx tx, List<Tx.Message> responses) {
    TxFormat format = run.modules.txFormat();
    List<Tx.Message> messages = tx.messages();
    for (int i = 0; i < messages.size(); i++) {
      Tx.Message message = messages.get(i);
      int first = run.events().size();
      try {
        MessageRoute route = run.publicRoute(message.typeUrl());
        Parsed parsed = route.handler().parse(message.value());
        run.events().add(messageEvent(route, parsed.signers(), format));
        try (Steps.Step step = run.step("message", route.owner().name, route.typeUrl())) {
          byte[] response = run.execute(route, parsed);
          run.gas.requireLeft();
          run.branch.requireWithinLimit();
          responses.add(new Tx.Message(route.responseTypeUrl(), response));
        }
      } catch (RuntimeException | LimitError e) {
        return ofMessage(i, ErrorResult.of(e));
      }
      number(run.events(), first, i);
    }
    if (!blockGas.has(run.gas.used())) {
      return ErrorResult.of(run.gas.outOfGas("block gas meter"));
    }
    return null;
  }

  private static Event messageEvent(MessageRoute route, List<byte[]> signers, TxFormat format) {
    String action = route.typeUrl();
    String module = route.owner().name;
    return signers.isEmpty()
        ? Event.of("message", "action", action, "module", module)
        : Event.of(
            "message",
            "action",
            action,
            "sender",
            format.displayAddress(signers.get(0)),
            "module",
            module);
  }

  private static void number(List<Event> events, int first, int message) {
    String index = Integer.toString(message);
    for (int i = first; i < events.size(); i++) {
      events.set(i, events.get(i).with("msg_index", index));
    }
  }

  private static ErrorResult ofMessage(int index, ErrorResult refused) {
    if (refused.isOutOfGas() || refused.isLimit() || refused.isPanic()) {
      return refused;
    }
    return new ErrorResult(
        refused.codespace(),
        refused.code(),
        "failed to execute message; message index: " + index + ": " + refused.log());
  }

  private static ExecTxResult result(
      ErrorResult refused, long gasWanted, long gasUsed, List<Event> events) {
    return new ExecTxResult(
        refused.code(), NO_DATA, refused.log(), gasWanted, gasUsed, events, refused.codespace());
  }
}
