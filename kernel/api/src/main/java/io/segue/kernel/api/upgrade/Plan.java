package io.segue.kernel.api.upgrade;

/**
 * An upgrade that governance scheduled: the code of plan {@code name} runs from block {@code
 * height} on.
 *
 * @param name never empty, never {@code genesis}
 * @param height greater than 0
 * @param info what the sidecar works from; see {@link PlanInfo}
 */
public record Plan(String name, long height, String info) {}
