package io.segue.kernel.core.module;

import io.segue.kernel.api.module.Descriptors;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The descriptors of one generation, and what was derived from them. Of the modules themselves it
 * keeps names and bytes alone, so that it may live longer than their code; what modules derive from
 * it is their code's, which is why servers have one of their own.
 */
final class ModuleDescriptors implements Descriptors {
  private static final byte[] NONE = {};

  private final SortedMap<String, byte[]> byModule;
  private final List<byte[]> services;
  private final Map<String, String> owners;
  private final Set<String> routable;
  private final Map<String, String> queryOwners;
  private final Set<String> queries;
  private final Map<Class<?>, Object> derived = new ConcurrentHashMap<>();

  private ModuleDescriptors(
      SortedMap<String, byte[]> byModule,
      List<byte[]> services,
      Map<String, String> owners,
      Set<String> routable,
      Map<String, String> queryOwners,
      Set<String> queries) {
    this.byModule = byModule;
    this.services = services;
    this.owners = owners;
    this.routable = routable;
    this.queryOwners = queryOwners;
    this.queries = queries;
  }

  /** Those of modules as they were read. */
  static ModuleDescriptors of(ModuleSetReader read) {
    SortedMap<String, byte[]> byModule = new TreeMap<>();
    read.participants.forEach(
        participant -> byModule.put(participant.name, participant.module.descriptors()));
    SortedMap<String, String> owners = new TreeMap<>();
    SortedSet<String> routable = new TreeSet<>();
    read.messages.forEach(
        (typeUrl, route) -> {
          owners.put(typeUrl, route.owner().name);
          if (!route.internal()) {
            routable.add(typeUrl);
          }
        });
    SortedMap<String, String> queryOwners = new TreeMap<>();
    read.queries.forEach(
        (path, route) -> {
          if (!route.internal()) {
            queryOwners.put(path, route.owner().name);
          }
        });
    SortedSet<String> queries = new TreeSet<>(queryOwners.keySet());
    queries.add(ModuleSet.SIMULATE_PATH);
    return new ModuleDescriptors(
        byModule, List.of(), owners, routable, queryOwners, Collections.unmodifiableSet(queries));
  }

  /**
   * The same, from which nothing was derived yet, with services of the platform.
   *
   * @param more their FileDescriptorSets
   * @param paths of their queries
   */
  ModuleDescriptors with(List<byte[]> more, Set<String> paths) {
    SortedSet<String> all = new TreeSet<>(queries);
    all.addAll(paths);
    SortedMap<String, String> left = new TreeMap<>(queryOwners);
    left.keySet().removeAll(paths);
    return new ModuleDescriptors(
        byModule, List.copyOf(more), owners, routable, left, Collections.unmodifiableSet(all));
  }

  @Override
  public List<byte[]> all() {
    List<byte[]> all = new ArrayList<>(byModule.values());
    all.addAll(services);
    return Collections.unmodifiableList(all);
  }

  @Override
  public byte[] of(String module) {
    return byModule.getOrDefault(module, NONE);
  }

  @Override
  public boolean routable(String typeUrl) {
    return routable.contains(typeUrl);
  }

  @Override
  public Set<String> queries() {
    return queries;
  }

  @Override
  public Optional<String> queryOwner(String path) {
    return Optional.ofNullable(queryOwners.get(path));
  }

  @Override
  public <T> T derive(Class<T> type, Supplier<T> compute) {
    Object known = derived.get(type);
    if (known != null) {
      return type.cast(known);
    }
    synchronized (this) {
      Object present = derived.get(type);
      if (present != null) {
        return type.cast(present);
      }
      T value = compute.get();
      derived.put(type, value);
      return value;
    }
  }

  @Override
  public Optional<String> owner(String typeUrl) {
    return Optional.ofNullable(owners.get(typeUrl));
  }
}
