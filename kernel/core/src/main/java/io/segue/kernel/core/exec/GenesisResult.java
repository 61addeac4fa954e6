package io.segue.kernel.core.exec;

import io.segue.kernel.api.abci.Abci.Event;
import io.segue.kernel.api.abci.Abci.ValidatorUpdate;
import java.util.List;

/**
 * What the start of a chain gave, apart from the writes on its branch.
 *
 * @param events belong before those of the first block; they are not indexed
 * @param validators of the module that keeps them; empty where the engine's stay
 */
public record GenesisResult(List<Event> events, List<ValidatorUpdate> validators) {}
