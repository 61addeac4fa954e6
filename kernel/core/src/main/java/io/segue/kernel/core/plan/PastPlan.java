package io.segue.kernel.core.plan;

import java.util.Optional;

/**
 * A plan that is over, however it ended.
 *
 * @param height of the block in which it ended
 * @param generation digest of the generation that runs from this height on; empty where the plan
 *     was skipped or aborted, so that the generation before goes on
 */
public record PastPlan(
    String name, long height, PlanOutcome outcome, Optional<byte[]> generation) {}
