/** Agents: work in small steps that never waits, with the time as a parameter. */
@NullMarked
package io.segue.bundles.consensus.solo.agent;

import org.jspecify.annotations.NullMarked;
