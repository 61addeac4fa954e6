package io.segue.kernel.core.plan;

import java.util.Optional;

/**
 * A plan that is over, however it ended.
 *
 * @param height of the block in which it ended; before its own height where it was replaced or
 *     cancelled
 * @param generation digest of the generation that runs from this height on; empty where the plan
 *     brought none, so that the generation before goes on
 */
public record PastPlan(
    String name, long height, PlanOutcome outcome, Optional<byte[]> generation) {}
