package io.segue.kernel.core.plan;

import java.util.Optional;

/**
 * A plan that state records as done.
 *
 * @param height of the block in which it was
 * @param generation digest of the generation that runs from this height on; empty where the plan
 *     was skipped or aborted, so that the generation before goes on
 */
public record DonePlan(String name, long height, Optional<byte[]> generation) {}
