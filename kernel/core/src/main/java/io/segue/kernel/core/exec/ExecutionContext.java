package io.segue.kernel.core.exec;

import io.segue.kernel.api.abci.Abci.Attribute;
import io.segue.kernel.api.abci.Abci.Event;
import io.segue.kernel.api.module.ExecMode;
import io.segue.kernel.api.module.KVStore;
import io.segue.kernel.api.module.MessageHandler.Parsed;
import io.segue.kernel.core.gas.ErrorResult;
import io.segue.kernel.core.gas.Gas;
import io.segue.kernel.core.gas.KernelRules;
import io.segue.kernel.core.gas.MeteredStore;
import io.segue.kernel.core.module.MessageRouter.MessageRoute;
import io.segue.kernel.core.module.MessageRouter.QueryRoute;
import io.segue.kernel.core.module.ModuleSet;
import io.segue.kernel.core.module.RegisteredModule;
import io.segue.kernel.core.module.Steps;
import io.segue.kernel.core.overlay.Branch;
import io.segue.kernel.core.plan.PlanState;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * State-machine code running on one branch: the router between the modules of a generation, with
 * gas, events and nesting. One run serves a whole block, its transactions one after the other, on
 * the thread that makes it; modules can't use it when it is closed.
 */
public final class ExecutionContext implements AutoCloseable {
  final ModuleSet modules;
  final KernelRules rules;
  public final Branch branch;
  final BlockHeader header;
  final ExecMode mode;
  final String minimumGasPrices;
  final Steps steps;
  private final Steps.Kind kind;
  public final Gas gas = new Gas();

  private final List<Event> events = new ArrayList<>();
  private final @Nullable ModuleContext[] contexts;
  private final @Nullable MeteredStore[] stores;
  private @Nullable PlanState plans;
  private int nesting;

  /** A run whose steps nobody is told of. */
  public ExecutionContext(
      ModuleSet modules,
      KernelRules rules,
      Branch branch,
      BlockHeader header,
      ExecMode mode,
      String minimumGasPrices) {
    this(modules, rules, branch, header, mode, minimumGasPrices, Steps.UNTOLD);
  }

  /** The run of a genesis or of a plan, whose steps may take longer than those of a block. */
  static ExecutionContext upgrade(
      ModuleSet modules, KernelRules rules, Branch branch, BlockHeader header, Steps steps) {
    return new ExecutionContext(
        modules, rules, branch, header, ExecMode.FINALIZE, "", steps, Steps.Kind.UPGRADE);
  }

  public ExecutionContext(
      ModuleSet modules,
      KernelRules rules,
      Branch branch,
      BlockHeader header,
      ExecMode mode,
      String minimumGasPrices,
      Steps steps) {
    this(
        modules,
        rules,
        branch,
        header,
        mode,
        minimumGasPrices,
        steps,
        mode == ExecMode.FINALIZE ? Steps.Kind.BLOCK : Steps.Kind.QUERY);
  }

  /**
   * A run.
   *
   * @param steps is told what runs
   * @param kind says how long a step of it may run
   */
  ExecutionContext(
      ModuleSet modules,
      KernelRules rules,
      Branch branch,
      BlockHeader header,
      ExecMode mode,
      String minimumGasPrices,
      Steps steps,
      Steps.Kind kind) {
    this.modules = modules;
    this.rules = rules;
    this.branch = branch;
    this.header = header;
    this.mode = mode;
    this.minimumGasPrices = minimumGasPrices;
    this.steps = steps;
    this.kind = kind;
    this.contexts = new @Nullable ModuleContext[modules.participants().size()];
    this.stores = new @Nullable MeteredStore[modules.moduleStores()];
  }

  /** A step of this run begins; see {@link Steps#begin}. */
  Steps.Step step(String what, String module, String message) {
    return steps.begin(kind, what, module, message);
  }

  /** Starts over with this much gas and without events. */
  public void begin(long gasLimit) {
    gas.reset(gasLimit);
    events.clear();
  }

  /** Ends it; what modules kept of it is refused. */
  @Override
  public void close() {
    branch.closeIterators();
    gas.end();
  }

  /** Events so far, to be changed in place. */
  List<Event> events() {
    return events;
  }

  /** Events so far; starts with none again. */
  public List<Event> takeEvents() {
    List<Event> taken = List.copyOf(events);
    events.clear();
    return taken;
  }

  void emit(Event event) {
    for (Attribute attribute : event.attributes()) {
      if (attribute.key().isEmpty()) {
        throw new IllegalArgumentException(
            "event " + event.type() + " has an attribute with an empty key");
      }
    }
    events.add(event);
  }

  public ModuleContext context(RegisteredModule participant) {
    ModuleContext context = contexts[participant.index];
    if (context == null) {
      context = new ModuleContext(this, participant);
      contexts[participant.index] = context;
    }
    return context;
  }

  /** One of a module's stores, metered. */
  KVStore store(RegisteredModule owner, int position) {
    int number = owner.firstStore + position;
    MeteredStore store = stores[number];
    if (store == null) {
      store = new MeteredStore(branch.overlay(owner.stores.get(position)), gas, rules.gas());
      stores[number] = store;
    }
    return store;
  }

  /** The plan state; its accesses cost what those of a store cost. */
  PlanState plans() {
    PlanState state = plans;
    if (state == null) {
      KVStore metered = new MeteredStore(branch.overlay(ModuleSet.UPGRADE), gas, rules.gas());
      state = new PlanState(metered, header.height(), rules.plans());
      plans = state;
    }
    return state;
  }

  /** What this block changes of the consensus parameters. */
  ParamChanges paramChanges() {
    return new ParamChanges(
        new MeteredStore(branch.overlay(ModuleSet.UPGRADE), gas, rules.gas()), header);
  }

  /** Runs work whose writes and events are kept if it returns and dropped if it throws. */
  <T> T branch(Supplier<T> work) {
    int mark = enter();
    int eventsBefore = events.size();
    boolean kept = false;
    try {
      T result = work.get();
      kept = true;
      return result;
    } finally {
      leave(mark, eventsBefore, kept);
    }
  }

  /** As the other one, for work that may use so much gas and no more. */
  <T> T branch(long gasLimit, Supplier<T> work) {
    long outer = gas.narrow(gasLimit);
    try {
      return branch(
          () -> {
            T result = work.get();
            gas.requireLeft();
            return result;
          });
    } finally {
      gas.widen(outer);
    }
  }

  /** Sends a message; {@code sender} null: in nobody's name, signers are not asked for. */
  byte[] call(@Nullable RegisteredModule sender, String typeUrl, byte[] message) {
    MessageRoute route = route(typeUrl);
    int mark = enter();
    int eventsBefore = events.size();
    boolean kept = false;
    try {
      Parsed parsed = route.handler().parse(message);
      if (sender != null && !route.internal()) {
        requireSigner(route, sender, parsed.signers());
      }
      byte[] response = execute(route, parsed);
      kept = true;
      return response;
    } catch (RuntimeException e) {
      throw ErrorResult.of(e).toException();
    } finally {
      leave(mark, eventsBefore, kept);
    }
  }

  /** Validates and handles a message, without a branch of its own. */
  byte[] execute(MessageRoute route, Parsed message) {
    ModuleContext context = context(route.owner());
    int mark = branch.mark();
    int eventsBefore = events.size();
    try {
      message.validate(context);
    } finally {
      drop(mark, eventsBefore);
    }
    return message.handle(context);
  }

  /** Checks a message; what it writes is dropped. */
  void validate(String typeUrl, byte[] message) {
    MessageRoute route = publicRoute(typeUrl);
    int mark = enter();
    int eventsBefore = events.size();
    try {
      route.handler().parse(message).validate(context(route.owner()));
    } catch (RuntimeException e) {
      throw ErrorResult.of(e).toException();
    } finally {
      leave(mark, eventsBefore, false);
    }
  }

  List<byte[]> signers(String typeUrl, byte[] message) {
    MessageRoute route = route(typeUrl);
    return route.internal() ? List.of() : route.handler().parse(message).signers();
  }

  boolean routable(String typeUrl) {
    MessageRoute route = modules.message(typeUrl);
    return route != null && !route.internal();
  }

  /** Asks a module; what it writes is dropped. */
  public byte[] query(String path, byte[] request) {
    QueryRoute route = modules.query(path);
    if (route == null) {
      throw ErrorResult.sdk(6, "unknown query path: " + path + ": unknown request");
    }
    return query(route, request);
  }

  public byte[] query(QueryRoute route, byte[] request) {
    int mark = enter();
    int eventsBefore = events.size();
    try {
      return route.handler().query(context(route.owner()), request);
    } finally {
      leave(mark, eventsBefore, false);
    }
  }

  /** The route of a message type that transactions may carry. */
  MessageRoute publicRoute(String typeUrl) {
    MessageRoute route = modules.message(typeUrl);
    if (route == null || route.internal()) {
      throw unroutable(typeUrl);
    }
    return route;
  }

  private MessageRoute route(String typeUrl) {
    MessageRoute route = modules.message(typeUrl);
    if (route == null) {
      throw unroutable(typeUrl);
    }
    return route;
  }

  static RuntimeException unroutable(String typeUrl) {
    return ErrorResult.sdk(6, "unrecognized message route: " + typeUrl + ": unknown request");
  }

  private void requireSigner(MessageRoute route, RegisteredModule sender, List<byte[]> signers) {
    if (signers.size() != 1 || !sender.hasAddress(signers.get(0))) {
      String wanted =
          String.join(", ", signers.stream().map(modules.txFormat()::displayAddress).toList());
      throw ErrorResult.sdk(
          4,
          route.typeUrl()
              + " must be signed by "
              + wanted
              + " and module "
              + sender.name
              + " can sign for "
              + modules.txFormat().displayAddress(sender.address())
              + " alone: unauthorized");
    }
  }

  private int enter() {
    if (nesting >= rules.limits().nesting()) {
      throw ErrorResult.sdk(
          18,
          "calls between modules are nested deeper than "
              + rules.limits().nesting()
              + ": invalid request");
    }
    nesting++;
    return branch.mark();
  }

  private void leave(int mark, int eventsBefore, boolean keep) {
    nesting--;
    if (keep) {
      branch.keep(mark);
    } else {
      drop(mark, eventsBefore);
    }
  }

  private void drop(int mark, int eventsBefore) {
    branch.undo(mark);
    dropEvents(eventsBefore);
  }

  /** Drops the events from this position on. */
  void dropEvents(int from) {
    if (events.size() > from) {
      events.subList(from, events.size()).clear();
    }
  }
}
