package io.segue.kernel.core.exec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.segue.kernel.api.module.ExecMode;
import io.segue.kernel.api.module.Phase;
import io.segue.kernel.api.store.StateView;
import io.segue.kernel.core.gas.KernelRules;
import io.segue.kernel.core.module.ModuleSet;
import io.segue.kernel.core.module.RegisteredModule;
import io.segue.kernel.core.overlay.Branch;
import io.segue.kernel.core.plan.PlanGenesis;
import io.segue.kernel.core.plan.PlanState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Writes the state of one height as the {@code app_state} of a genesis: each module's member, in
 * the order in which an import reads them, and the plan state. {@link BlockExecutor#initChain} of
 * it on the same generation gives the same roots. The same state gives the same bytes.
 */
public final class GenesisExport {
  private static final JsonFactory JSON =
      new JsonFactory().disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);

  private final ModuleSet modules;
  private final KernelRules rules;
  private final BlockHeader header;

  /**
   * An export by the generation of a height.
   *
   * @param header the block of the height
   */
  public GenesisExport(ModuleSet modules, KernelRules rules, BlockHeader header) {
    this.modules = modules;
    this.rules = rules;
    this.header = header;
  }

  /**
   * Writes the object, UTF-8.
   *
   * @throws PhaseFailedException where a module fails
   */
  public void write(StateView view, OutputStream out) throws IOException {
    try (ExecutionContext run =
        new ExecutionContext(modules, rules, new Branch(view), header, ExecMode.QUERY, "")) {
      write(run, out);
    }
  }

  private void write(ExecutionContext run, OutputStream out) throws IOException {
    text(out, "{");
    Optional<byte[]> upgradeModule = Optional.empty();
    for (RegisteredModule participant : modules.inOrder(Phase.GENESIS)) {
      if (participant.name.equals(ModuleSet.UPGRADE)) {
        upgradeModule = own(run, participant);
      } else {
        text(out, "\"" + participant.name + "\":");
        write(run, participant, out);
        text(out, ",");
      }
    }
    text(out, "\"" + ModuleSet.UPGRADE + "\":");
    try (JsonGenerator json = JSON.createGenerator(out)) {
      PlanState plans =
          new PlanState(run.branch.store(ModuleSet.UPGRADE), header.height(), rules.plans());
      PlanGenesis.of(plans, upgradeModule).write(json);
    }
    text(out, "}");
  }

  /** What the module upgrade keeps beside the kernel's plan state, if it has a store. */
  private static Optional<byte[]> own(ExecutionContext run, RegisteredModule participant)
      throws IOException {
    if (participant.stores.isEmpty()) {
      return Optional.empty();
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    write(run, participant, out);
    return Optional.of(out.toByteArray());
  }

  private static void write(ExecutionContext run, RegisteredModule participant, OutputStream out)
      throws IOException {
    try {
      participant.module.exportGenesis(run.context(participant), out);
    } catch (RuntimeException e) {
      throw new PhaseFailedException("export of module " + participant.name + " failed", e);
    } finally {
      run.branch.closeIterators();
    }
  }

  private static void text(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }
}
