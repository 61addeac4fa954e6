package io.segue.bundles.rpc.call;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** The methods of the server by name. Filled once, then read from several threads. */
public final class MethodTable {
  private final Map<String, Entry> entries = new TreeMap<>();

  /** A method and the names of its parameters in order. */
  public record Entry(List<String> params, Method.Waiting method) {}

  public void add(String name, List<String> params, Method method) {
    addWaiting(name, params, call -> CompletableFuture.completedFuture(method.call(call)));
  }

  public void addWaiting(String name, List<String> params, Method.Waiting method) {
    entries.put(name, new Entry(List.copyOf(params), method));
  }

  public boolean has(String name) {
    return entries.containsKey(name);
  }

  public Entry find(String name) throws RpcException {
    Entry entry = entries.get(name);
    if (entry == null) {
      throw RpcException.methodNotFound();
    }
    return entry;
  }

  /** All of them, sorted by name; for reading. */
  public Map<String, Entry> all() {
    return entries;
  }
}
