package io.segue.bundles.rpc.subscription;

import io.segue.bundles.rpc.call.Method;
import io.segue.bundles.rpc.json.JsonOut;
import io.segue.kernel.api.abci.Abci.Attribute;
import io.segue.kernel.api.abci.Abci.Event;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a block tells its subscribers. What they match and what they get is made once, and
 * only where somebody asks. Used by one thread.
 */
final class ChainEvent {
  private final String type;
  private final List<Event> events;
  private final Map<String, String> own;
  private final Method.Answer data;
  private @Nullable Map<String, List<String>> attributes;
  private @Nullable String json;

  /**
   * An event.
   *
   * @param type the value of {@code tm.event}
   * @param events of the application
   * @param own further attributes, which the application did not write
   * @param data writes {@code {"type", "value"}}
   */
  ChainEvent(String type, List<Event> events, Map<String, String> own, Method.Answer data) {
    this.type = type;
    this.events = events;
    this.own = own;
    this.data = data;
  }

  String type() {
    return type;
  }

  /** Values by {@code <event type>.<attribute key>}, in the order of the events. */
  Map<String, List<String>> attributes() {
    if (attributes == null) {
      attributes = collect();
    }
    return attributes;
  }

  /** A message for the subscriber that asked by {@code query} under {@code id}, both JSON. */
  JsonOut message(String id, String query) throws IOException {
    if (json == null) {
      json = members();
    }
    String members = json;
    JsonOut out = new JsonOut();
    out.object(
        () -> {
          out.text("jsonrpc", "2.0");
          out.raw("id", id);
          out.raw("result", "{\"query\":" + query + "," + members + "}");
        });
    return out;
  }

  /** Members {@code data} and {@code events} of a result, without braces. */
  private String members() throws IOException {
    JsonOut out = new JsonOut();
    out.object(
        () -> {
          out.name("data");
          data.write(out);
          out.object(
              "events",
              () -> {
                for (Map.Entry<String, List<String>> entry : attributes().entrySet()) {
                  out.array(entry.getKey(), entry.getValue(), out::string);
                }
              });
        });
    return new String(out.buffer(), 1, out.size() - 2, StandardCharsets.UTF_8);
  }

  private Map<String, List<String>> collect() {
    Map<String, List<String>> found = new LinkedHashMap<>();
    for (Event event : events) {
      for (Attribute attribute : event.attributes()) {
        if (!event.type().isEmpty() && !attribute.key().isEmpty()) {
          add(found, event.type() + "." + attribute.key(), attribute.value());
        }
      }
    }
    add(found, "tm.event", type);
    own.forEach((key, value) -> add(found, key, value));
    return found;
  }

  private static void add(Map<String, List<String>> found, String key, String value) {
    found.computeIfAbsent(key, k -> new ArrayList<>()).add(value);
  }
}
