package io.segue.bundles.descriptors;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import io.segue.kernel.api.module.Descriptors;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The messages, queries and routes of a generation. Two modules may have different types of one
 * name: a query's are those of the module that answers it, and a transaction's message is that of
 * its owner; of any other type the first module's counts, in order of module names.
 *
 * <p>Immutable; any thread.
 */
public final class Types {
  private final Map<String, Descriptor> messages = new HashMap<>();
  private final Function<String, Optional<Descriptor>> others;
  private final SortedMap<String, MethodDescriptor> queries = new TreeMap<>();
  private final CosmosJson json;
  private final HttpRoutes routes;

  private Types(Collection<FileDescriptor> files, Function<String, Optional<Descriptor>> others) {
    this.others = others;
    files.forEach(file -> addMessages(file.getMessageTypes()));
    json = new CosmosJson(this);
    routes = new HttpRoutes(queries);
  }

  private Types(Descriptors descriptors) {
    others = typeUrl -> Optional.empty();
    LinkedFiles linked = new LinkedFiles();
    List<List<FileDescriptor>> sets = new ArrayList<>();
    for (byte[] set : descriptors.all()) {
      sets.add(linked.linkReadable(set));
    }
    Map<String, List<FileDescriptor>> ofModules = new HashMap<>();
    sets.forEach(files -> files.forEach(file -> addMessages(file.getMessageTypes())));
    for (Map.Entry<String, Descriptor> type : messages.entrySet()) {
      descriptors
          .owner("/" + type.getKey())
          .flatMap(owner -> message(module(descriptors, linked, ofModules, owner), type.getKey()))
          .ifPresent(type::setValue);
    }
    for (String path : descriptors.queries()) {
      Optional<String> owner = descriptors.queryOwner(path);
      Optional<MethodDescriptor> method =
          owner.isPresent()
              ? method(module(descriptors, linked, ofModules, owner.get()), path)
              : sets.stream().flatMap(files -> method(files, path).stream()).findFirst();
      method.ifPresent(found -> queries.put(path, found));
    }
    json = new CosmosJson(this);
    routes = new HttpRoutes(queries);
  }

  /** The types of a generation; made once, and kept with its descriptors. */
  public static Types of(Descriptors descriptors) {
    return descriptors.derive(Types.class, () -> new Types(descriptors));
  }

  /**
   * The types of files, without queries and routes; for clients.
   *
   * @param others knows the types of further type URLs; asked each time for what no file has
   */
  public static Types of(
      Collection<FileDescriptor> files, Function<String, Optional<Descriptor>> others) {
    return new Types(files, others);
  }

  /**
   * A message type.
   *
   * @param typeUrl such as {@code /cosmos.bank.v1beta1.MsgSend}; what stands before the last slash
   *     does not count
   */
  public Optional<Descriptor> message(String typeUrl) {
    Descriptor known = messages.get(typeUrl.substring(typeUrl.lastIndexOf('/') + 1));
    return known == null ? others.apply(typeUrl) : Optional.of(known);
  }

  /** The queries that may be asked and are described, by path. */
  public SortedMap<String, MethodDescriptor> queries() {
    return Collections.unmodifiableSortedMap(queries);
  }

  /** The JSON of its messages. */
  public CosmosJson json() {
    return json;
  }

  /** How its queries are reached over HTTP. */
  public HttpRoutes routes() {
    return routes;
  }

  private static List<FileDescriptor> module(
      Descriptors descriptors,
      LinkedFiles linked,
      Map<String, List<FileDescriptor>> ofModules,
      String name) {
    return ofModules.computeIfAbsent(name, module -> linked.linkReadable(descriptors.of(module)));
  }

  private void addMessages(List<Descriptor> types) {
    for (Descriptor type : types) {
      messages.putIfAbsent(type.getFullName(), type);
      addMessages(type.getNestedTypes());
    }
  }

  private static Optional<Descriptor> message(List<FileDescriptor> files, String name) {
    return files.stream()
        .flatMap(file -> file.getMessageTypes().stream())
        .filter(type -> type.getFullName().equals(name))
        .findFirst();
  }

  private static Optional<MethodDescriptor> method(List<FileDescriptor> files, String path) {
    int slash = path.lastIndexOf('/');
    if (slash < 1) {
      return Optional.empty();
    }
    String service = path.substring(1, slash);
    for (FileDescriptor file : files) {
      for (ServiceDescriptor described : file.getServices()) {
        if (described.getFullName().equals(service)) {
          return Optional.ofNullable(described.findMethodByName(path.substring(slash + 1)));
        }
      }
    }
    return Optional.empty();
  }
}
