package io.segue.kernel.core.module;

import io.segue.kernel.admission.artifact.GenerationDeclaration.Part;
import io.segue.kernel.api.abci.Abci.AbciParams;
import io.segue.kernel.api.abci.Abci.ConsensusParams;
import io.segue.kernel.api.module.Descriptors;
import io.segue.kernel.api.module.Module;
import io.segue.kernel.api.module.Phase;
import io.segue.kernel.api.module.TxFormat;
import io.segue.kernel.core.module.MessageRouter.AnteRoute;
import io.segue.kernel.core.module.MessageRouter.ExtensionRoute;
import io.segue.kernel.core.module.MessageRouter.MessageRoute;
import io.segue.kernel.core.module.MessageRouter.QueryRoute;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The modules of one generation with its router and orders. Immutable; any thread.
 *
 * <p>The modules' maps are read once, here, and disorder is refused by name: two owners of a name,
 * an order that names what is not there, no transaction format or two of them, two modules that
 * extend votes.
 */
public final class ModuleSet {
  /** Name of the module that may change plans, and of the store that is the kernel's. */
  public static final String UPGRADE = "upgrade";

  /** The query that the kernel answers itself, by running a transaction for nothing. */
  public static final String SIMULATE_PATH = "/cosmos.tx.v1beta1.Service/Simulate";

  private final List<RegisteredModule> participants;
  private final Map<String, MessageRoute> messages;
  private final Map<String, QueryRoute> queries;
  private final List<AnteRoute> ante;
  private final Map<Phase, List<RegisteredModule>> orders;
  private final TxFormat txFormat;
  private final @Nullable ExtensionRoute extension;
  private final SortedSet<String> stores;
  private final SortedMap<Part, String> parts;
  private final int moduleStores;
  private final ModuleDescriptors descriptors;
  private final ServerDescriptors serverDescriptors;

  ModuleSet(ModuleSetReader read) {
    participants = List.copyOf(read.participants);
    messages = Map.copyOf(read.messages);
    queries = Map.copyOf(read.queries);
    ante = List.copyOf(read.ante);
    orders = Map.copyOf(read.orders);
    txFormat = read.formats.values().iterator().next();
    extension = read.extensions.values().stream().findFirst().orElse(null);
    stores = new TreeSet<>(read.storeOwners.keySet());
    stores.add(UPGRADE);
    moduleStores = read.storeOwners.size();
    parts = java.util.Collections.unmodifiableSortedMap(read.parts());
    descriptors = ModuleDescriptors.of(read);
    serverDescriptors = new ServerDescriptors(descriptors);
  }

  /**
   * Puts a generation's modules together.
   *
   * @param orders for {@link Phase#ANTE} names of ante steps, all of those that run; otherwise
   *     names of modules, those not named follow, by name
   * @throws IllegalArgumentException naming everything that is in disorder
   */
  public static ModuleSet of(
      Collection<? extends Module> modules, Map<Phase, List<String>> orders) {
    return new ModuleSet(ModuleSetReader.read(modules, orders));
  }

  /** The modules, by name. */
  public List<Module> modules() {
    return participants.stream().map(participant -> participant.module).toList();
  }

  /** Consensus versions by module. */
  public SortedMap<String, Long> versions() {
    SortedMap<String, Long> versions = new TreeMap<>();
    for (RegisteredModule participant : participants) {
      versions.put(participant.name, participant.module.consensusVersion());
    }
    return versions;
  }

  /** Names of all stores, the kernel's included. */
  public SortedSet<String> stores() {
    return java.util.Collections.unmodifiableSortedSet(stores);
  }

  /** An entry in the words of the module that owns the store; see {@link Module#describe}. */
  public Optional<String> describe(String store, byte[] key, byte[] value) {
    return participants.stream()
        .filter(participant -> participant.module.stores().contains(store))
        .findFirst()
        .flatMap(owner -> owner.module.describe(store, key, value));
  }

  /**
   * What the modules give to the chain, each with the module that has it. Messages and queries that
   * only other modules reach are not among it, nor is from which bundle a module comes.
   */
  public SortedMap<Part, String> parts() {
    return parts;
  }

  /** Those of {@link #stores} that are not among {@code present}. */
  public SortedSet<String> missingStores(Collection<String> present) {
    SortedSet<String> missing = new TreeSet<>(stores);
    missing.removeAll(present);
    return missing;
  }

  /** The transaction format. */
  public TxFormat txFormat() {
    return txFormat;
  }

  /** The descriptors of all modules. */
  public Descriptors descriptors() {
    return descriptors;
  }

  /** What servers are built from. */
  public ServerDescriptors serverDescriptors() {
    return serverDescriptors;
  }

  /** The names in an order as it takes place, those that the manifest did not name included. */
  public List<String> order(Phase phase) {
    return phase == Phase.ANTE
        ? ante.stream().map(AnteRoute::name).toList()
        : inOrder(phase).stream().map(participant -> participant.name).toList();
  }

  /**
   * Whether a transaction can reach a message of this type URL, or a module a query of this path.
   */
  public boolean serves(String name) {
    MessageRoute message = messages.get(name);
    return queries.containsKey(name) || (message != null && !message.internal());
  }

  public List<RegisteredModule> participants() {
    return participants;
  }

  public List<RegisteredModule> inOrder(Phase phase) {
    return orders.getOrDefault(phase, participants);
  }

  public List<AnteRoute> ante() {
    return ante;
  }

  public @Nullable MessageRoute message(String typeUrl) {
    return messages.get(typeUrl);
  }

  public @Nullable QueryRoute query(String path) {
    return queries.get(path);
  }

  /** The module that extends the votes for a height; null where they have no extensions. */
  public @Nullable ExtensionRoute voteExtension(ConsensusParams params, long height) {
    long first = params.abci().map(AbciParams::voteExtensionsEnableHeight).orElse(0L);
    return first > 0 && height >= first ? extension : null;
  }

  /**
   * The objects that the kernel calls: modules, and what was read of them once, each by what it is
   * for. The same objects in the same order each time.
   */
  public Map<String, Object> callees() {
    Map<String, Object> callees = new LinkedHashMap<>();
    participants.forEach(
        participant -> callees.put("module " + participant.name, participant.module));
    ante.forEach(route -> callees.put("ante step " + route.name(), route.step()));
    new TreeMap<>(messages)
        .forEach((typeUrl, route) -> callees.put("message " + typeUrl, route.handler()));
    new TreeMap<>(queries).forEach((path, route) -> callees.put("query " + path, route.handler()));
    callees.put("transaction format", txFormat);
    if (extension != null) {
      callees.put("vote extension", extension.extension());
    }
    return callees;
  }

  /** How many stores the modules own. */
  public int moduleStores() {
    return moduleStores;
  }
}
