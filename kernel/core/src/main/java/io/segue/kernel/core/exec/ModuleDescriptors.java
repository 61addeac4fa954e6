package io.segue.kernel.core.exec;

import io.segue.kernel.api.module.Descriptors;
import io.segue.kernel.core.exec.Routes.MessageRoute;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The descriptors of one generation, and what was derived from them. */
final class ModuleDescriptors implements Descriptors {
  private static final byte[] NONE = {};

  private final Map<String, byte[]> byModule = new TreeMap<>();
  private final Map<String, MessageRoute> messages;
  private final Map<Class<?>, Object> derived = new ConcurrentHashMap<>();

  ModuleDescriptors(List<Participant> participants, Map<String, MessageRoute> messages) {
    for (Participant participant : participants) {
      byModule.put(participant.name, participant.module.descriptors());
    }
    this.messages = messages;
  }

  @Override
  public List<byte[]> all() {
    return List.copyOf(byModule.values());
  }

  @Override
  public byte[] of(String module) {
    return byModule.getOrDefault(module, NONE);
  }

  @Override
  public boolean routable(String typeUrl) {
    MessageRoute route = messages.get(typeUrl);
    return route != null && !route.internal();
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
    return Optional.ofNullable(messages.get(typeUrl)).map(route -> route.owner().name);
  }
}
