package io.segue.bundles.staking.validator;

import com.google.protobuf.ByteString;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Times;
import io.segue.bundles.sdk.proto.staking.Misbehavior;
import io.segue.bundles.sdk.proto.staking.Validator;
import io.segue.bundles.sdk.state.Pair;
import io.segue.bundles.sdk.state.Range;
import io.segue.bundles.staking.state.ConsensusKeys;
import io.segue.bundles.staking.state.StakingErrors;
import io.segue.bundles.staking.state.StakingEvents;
import io.segue.bundles.staking.state.StakingKeeper;
import io.segue.bundles.staking.state.StakingState;
import io.segue.kernel.api.abci.Abci;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.KVStore;
import io.segue.kernel.api.module.ModuleException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What validators did that consensus has proof of. Of each consensus key the last evidence is kept,
 * for good: its validator is jailed and stays so, and no other one may take the key. Nothing is
 * burned.
 *
 * <p>Who decides blocks alone is not jailed, nor is who is the last one with voting power: without
 * it there would be no blocks at all. Lives for one call.
 */
public final class Misbehaviors {
  static final String DUPLICATE_VOTE = "duplicate_vote";
  static final String LIGHT_CLIENT_ATTACK = "light_client_attack";

  private final KVStore store;
  private final StakingKeeper keeper;

  public Misbehaviors(KVStore store) {
    this.store = store;
    this.keeper = new StakingKeeper(store);
  }

  /** The last evidence against a consensus address; empty where there never was any. */
  public Optional<Misbehavior> last(byte[] consensusAddress) {
    return StakingState.MISBEHAVIOR.find(store, consensusAddress);
  }

  /** Whether there is evidence against a consensus address. */
  public boolean has(byte[] consensusAddress) {
    return StakingState.MISBEHAVIOR.has(store, consensusAddress);
  }

  /** Takes the evidence of the block, in its order. */
  public void take(Context context, Addresses addresses) {
    for (Abci.Misbehavior evidence : context.misbehavior()) {
      byte[] address = evidence.validatorAddress();
      put(next(last(address), evidence));
      Optional<byte[]> operator = StakingState.BY_CONSENSUS_ADDRESS.find(store, address);
      Optional<Validator> validator = operator.map(keeper::indexed);
      boolean jailed = validator.isPresent() && jail(operator.get(), validator.get());
      context.emit(
          StakingEvents.misbehaved(
              evidence,
              type(evidence),
              addresses.consensus(address),
              validator.map(Validator::getOperatorAddress).orElse(""),
              jailed));
    }
  }

  /**
   * Saves an entry of a genesis.
   *
   * @throws ModuleException sdk/18
   */
  public void restore(String where, Misbehavior entry) {
    byte[] address = entry.getConsensusAddress().toByteArray();
    if (address.length != ConsensusKeys.ADDRESS_BYTES) {
      throw StakingErrors.invalidGenesis(
          where + ".consensus_address must have " + ConsensusKeys.ADDRESS_BYTES + " bytes");
    }
    if (has(address)) {
      throw StakingErrors.invalidGenesis(where + ": its consensus address stands twice");
    }
    put(entry);
  }

  /** All that is kept, in order of consensus addresses. */
  public void forEach(Consumer<Misbehavior> visitor) {
    StakingState.MISBEHAVIOR.forEach(
        store, Range.all(), (address, misbehavior) -> visitor.accept(misbehavior));
  }

  private void put(Misbehavior entry) {
    StakingState.MISBEHAVIOR.set(store, entry.getConsensusAddress().toByteArray(), entry);
  }

  /** Whether the validator is jailed now, which it was not. */
  private boolean jail(byte[] operator, Validator before) {
    if (before.getJailed()
        || new DecidingValidator(store).is(operator)
        || !othersHavePower(operator)) {
      return false;
    }
    keeper.update(operator, before, before.toBuilder().setJailed(true).build());
    return true;
  }

  private boolean othersHavePower(byte[] operator) {
    boolean[] others = {false};
    StakingState.BY_POWER.walk(
        store,
        Range.<Pair<Long, byte[]>>all().reversed(),
        (rank, ranked) -> {
          boolean powerless = rank.first() == 0;
          others[0] = !powerless && !Arrays.equals(ranked, operator);
          return !powerless && !others[0];
        });
    return others[0];
  }

  private static Misbehavior next(Optional<Misbehavior> before, Abci.Misbehavior evidence) {
    return Misbehavior.newBuilder()
        .setConsensusAddress(ByteString.copyFrom(evidence.validatorAddress()))
        .setType(type(evidence))
        .setHeight(evidence.height())
        .setTime(Times.timestamp(evidence.time()))
        .setPower(evidence.power())
        .setPieces(before.map(Misbehavior::getPieces).orElse(0L) + 1)
        .build();
  }

  private static String type(Abci.Misbehavior evidence) {
    return evidence.type() == Abci.Misbehavior.LIGHT_CLIENT_ATTACK
        ? LIGHT_CLIENT_ATTACK
        : DUPLICATE_VOTE;
  }
}
