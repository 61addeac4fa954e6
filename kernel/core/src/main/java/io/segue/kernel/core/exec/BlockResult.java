package io.segue.kernel.core.exec;

import io.segue.kernel.api.abci.Abci.ConsensusParams;
import io.segue.kernel.api.abci.Abci.Event;
import io.segue.kernel.api.abci.Abci.ExecTxResult;
import io.segue.kernel.api.abci.Abci.ValidatorUpdate;
import java.util.List;
import java.util.Optional;

/**
 * What the execution of a block gave, apart from the writes on its branch.
 *
 * @param events of begin and end of the block, each with its mode
 * @param txResults one for each transaction, in order
 * @param validatorUpdates of all modules, without repetition
 * @param paramUpdates groups of consensus parameters that modules changed; empty for none
 */
public record BlockResult(
    List<Event> events,
    List<ExecTxResult> txResults,
    List<ValidatorUpdate> validatorUpdates,
    Optional<ConsensusParams> paramUpdates) {}
