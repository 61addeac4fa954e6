package io.segue.bundles.cli.bench.measure;

import com.fasterxml.jackson.databind.JsonNode;
import io.segue.bundles.cli.chain.GovernanceClient;
import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.nodes.NodeProcess;
import io.segue.bundles.nodes.NodeShell;
import io.segue.bundles.nodes.Waiting;
import io.segue.bundles.sdk.proto.gov.ProposalStatus;
import io.segue.bundles.sdk.proto.gov.VoteOption;
import io.segue.bundles.sdk.proto.upgrade.Plan;
import java.time.Duration;
import java.util.Optional;

/** The plan of an upgrade that is measured, from its proposal to the first block after it. */
public final class BenchPlan {
  private static final Duration LIMIT = Duration.ofMinutes(10);

  private final Plan plan;

  /**
   * A plan.
   *
   * @param info where its bundle is; see {@code ArtifactServer}
   */
  public BenchPlan(String name, long height, String info) {
    this.plan = Plan.newBuilder().setName(name).setHeight(height).setInfo(info).build();
  }

  /** Its height. */
  public long height() {
    return plan.getHeight();
  }

  /** Has governance pass it. */
  public void pass(GovernanceClient governance) {
    long proposal =
        governance.submitUpgrade(
            plan, "Upgrade " + plan.getName(), "For a measurement.", BenchNode.MIN_DEPOSIT);
    governance.vote(proposal, VoteOption.VOTE_OPTION_YES);
    ProposalStatus end = governance.awaitEnd(proposal, LIMIT);
    if (end != ProposalStatus.PROPOSAL_STATUS_PASSED) {
      throw new CliException("the proposal of " + plan.getName() + " ended as " + end);
    }
  }

  /** Waits until a node made its first block with the new code; its upgrade status then. */
  public JsonNode awaitFirstBlock(NodeProcess process, NodeShell shell) {
    return Waiting.until(
            LIMIT,
            () -> {
              process.requireAlive();
              JsonNode status = shell.ask("upgrade:status");
              boolean done =
                  status.path("plan").path("name").asText().equals(plan.getName())
                      && status.path("timelineMs").has("firstBlock");
              return done ? Optional.of(status) : Optional.<JsonNode>empty();
            })
        .orElseThrow(() -> process.failure("plan " + plan.getName() + " was not applied in time"));
  }
}
