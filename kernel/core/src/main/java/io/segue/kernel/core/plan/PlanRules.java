package io.segue.kernel.core.plan;

import io.segue.kernel.api.module.ModuleException;
import io.segue.kernel.api.upgrade.Plan;
import io.segue.kernel.api.upgrade.PlanInfo;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/**
 * Checks a plan by its text and by the state, never by the network, which each node sees
 * differently. What the Cosmos SDK refuses comes first, in its order and with its texts.
 *
 * @param maxNameBytes longest name, in UTF-8
 * @param maxInfoBytes longest info, in UTF-8
 */
public record PlanRules(int maxNameBytes, int maxInfoBytes) {
  /** Name of the first generation; no plan may take it. */
  public static final String GENESIS = "genesis";

  private static final int INVALID_REQUEST = 18;

  /**
   * Checks a plan.
   *
   * @param height height of the block in which it is checked
   * @param done whether a plan of this name was completed
   * @throws ModuleException sdk/18, naming what to change
   */
  public void check(Plan plan, long height, Predicate<String> done) {
    String name = plan.name();
    if (name.isEmpty()) {
      throw refused("name cannot be empty");
    }
    if (plan.height() <= 0) {
      throw refused("height must be greater than 0");
    }
    requireLength("name", name, maxNameBytes);
    requireLength("info", plan.info(), maxInfoBytes);
    if (plan.height() < height) {
      throw refused("upgrade cannot be scheduled in the past");
    }
    if (done.test(name)) {
      throw refused("upgrade with name " + name + " has already been completed");
    }
    if (name.equals(GENESIS)) {
      throw refused("name " + GENESIS + " is that of the first generation, choose another");
    }
    if (name.chars().anyMatch(c -> c < ' ' || c > '~')) {
      throw refused("name holds a character that is not printable ASCII; choose another name");
    }
    if (name.startsWith(" ") || name.endsWith(" ")) {
      throw refused("name begins or ends with a blank; remove it");
    }
    info(plan);
  }

  /**
   * What a plan's info says.
   *
   * @throws ModuleException sdk/18, naming what to change
   */
  static PlanInfo info(Plan plan) {
    try {
      return PlanInfos.parse(plan.info());
    } catch (IllegalArgumentException e) {
      throw refused("info of plan " + plan.name() + ": " + e.getMessage());
    }
  }

  private static void requireLength(String what, String text, int maxBytes) {
    int length = text.getBytes(StandardCharsets.UTF_8).length;
    if (length > maxBytes) {
      throw refused("plan " + what + " of " + length + " bytes, the limit is " + maxBytes);
    }
  }

  private static ModuleException refused(String detail) {
    return new ModuleException("sdk", INVALID_REQUEST, detail + ": invalid request");
  }
}
