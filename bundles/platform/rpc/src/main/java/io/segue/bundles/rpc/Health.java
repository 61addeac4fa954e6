package io.segue.bundles.rpc;

import io.segue.bundles.http.HttpResponse;
import io.segue.bundles.rpc.json.JsonOut;
import io.segue.kernel.api.engine.Engine;
import io.segue.kernel.api.node.NodeHold;
import io.segue.kernel.api.node.NodeSettings.Fault;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/**
 * What those who watch the node ask: status 200, or 503 where something holds it, and what does as
 * JSON, {@code {"height":"7","holds":[{"part", "reason", "message", "next", "stopsBlocks"}],
 * "settings":[{"file", "key", "value", "allowed", "inForce"}]}}. Settings that can't be used hold
 * nothing: others are in force.
 */
final class Health {
  static final String PATH = "/segue/health";

  private static final int HELD = 503;

  private final Engine engine;
  private final Supplier<List<NodeHold>> holds;
  private final Supplier<List<Fault>> faults;

  Health(Engine engine, Supplier<List<NodeHold>> holds, Supplier<List<Fault>> faults) {
    this.engine = engine;
    this.holds = holds;
    this.faults = faults;
  }

  HttpResponse answer() {
    List<NodeHold> now = holds.get();
    JsonOut body =
        JsonOut.of(
            out ->
                out.object(
                    () -> {
                      out.int64("height", engine.height());
                      out.array("holds", now, hold -> write(out, hold));
                      out.array("settings", faults.get(), fault -> write(out, fault));
                    }));
    return Routes.json(now.isEmpty() ? 200 : HELD, body);
  }

  private static void write(JsonOut out, Fault fault) throws IOException {
    out.object(
        () -> {
          out.text("file", fault.file());
          out.text("key", fault.key());
          out.text("value", fault.value());
          out.text("allowed", fault.allowed());
          out.text("inForce", fault.inForce());
        });
  }

  private static void write(JsonOut out, NodeHold hold) throws IOException {
    out.object(
        () -> {
          out.text("part", hold.part());
          out.text("reason", hold.reason());
          out.text("message", hold.message());
          out.text("next", hold.nextStep());
          out.flag("stopsBlocks", hold.stopsBlocks());
        });
  }
}
