package io.segue.kernel.core.module;

import io.segue.kernel.api.module.Descriptors;
import io.segue.kernel.api.node.NodeQueries;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What servers are built from in one generation: its modules' descriptors with those of the
 * platform's services, which come and go. One object as long as the same services are there. Any
 * thread.
 */
public final class ServerDescriptors {
  private final ModuleDescriptors modules;
  private volatile Joined last;

  /** What was handed out last. */
  private record Joined(List<NodeQueries> services, Descriptors descriptors) {}

  ServerDescriptors(ModuleDescriptors modules) {
    this.modules = modules;
    last = join(List.of());
  }

  public Descriptors with(List<NodeQueries> services) {
    Joined known = last;
    if (known.services.equals(services)) {
      return known.descriptors;
    }
    synchronized (this) {
      if (!last.services.equals(services)) {
        last = join(services);
      }
      return last.descriptors;
    }
  }

  private Joined join(List<NodeQueries> services) {
    Set<String> paths = new HashSet<>();
    services.forEach(service -> paths.addAll(service.queries().keySet()));
    return new Joined(
        List.copyOf(services),
        modules.with(services.stream().map(NodeQueries::descriptors).toList(), paths));
  }
}
