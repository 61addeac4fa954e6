package io.segue.bundles.staking;

import static org.assertj.core.api.Assertions.assertThat;

import io.segue.kernel.api.abci.Abci.ValidatorUpdate;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The validators as CometBFT has them. Fails where CometBFT would stop for good. */
final class CometSet {
  private static final long MAX_TOTAL_POWER = Long.MAX_VALUE / 8;

  private final SortedMap<String, Long> powers = new TreeMap<>();

  CometSet(List<ValidatorUpdate> genesis) {
    apply(genesis);
  }

  /** Takes the updates of a block as {@code ValidatorSet.UpdateWithChangeSet} does. */
  void apply(List<ValidatorUpdate> updates) {
    Set<String> seen = new HashSet<>();
    for (ValidatorUpdate update : updates) {
      String key = HexFormat.of().formatHex(update.publicKey());
      assertThat(seen.add(key)).as("%s stands once among %s", key, updates).isTrue();
      assertThat(update.keyType()).isEqualTo("ed25519");
      assertThat(update.publicKey()).hasSize(32);
      assertThat(update.power()).isBetween(0L, MAX_TOTAL_POWER);
      if (update.power() == 0) {
        assertThat(powers.remove(key)).as("%s is removed and known", key).isNotNull();
      } else {
        Long before = powers.put(key, update.power());
        assertThat(before).as("%s changes", key).isNotEqualTo(Long.valueOf(update.power()));
      }
    }
    assertThat(powers).as("validators").isNotEmpty();
    BigInteger total =
        powers.values().stream().map(BigInteger::valueOf).reduce(BigInteger.ZERO, BigInteger::add);
    assertThat(total).isLessThanOrEqualTo(BigInteger.valueOf(MAX_TOTAL_POWER));
  }

  /** Voting power by key, hex. */
  SortedMap<String, Long> powers() {
    return powers;
  }
}
