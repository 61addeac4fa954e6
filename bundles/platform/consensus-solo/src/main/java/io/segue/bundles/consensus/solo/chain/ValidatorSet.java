package io.segue.bundles.consensus.solo.chain;

import io.segue.bundles.consensus.solo.wire.Merkle;
import io.segue.bundles.consensus.solo.wire.ProtoWriter;
import io.segue.kernel.api.abci.Abci.ValidatorUpdate;
import io.segue.kernel.api.engine.Engine.ValidatorInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The validators of a height in CometBFT's order: power descending, then address ascending.
 * Immutable.
 */
public record ValidatorSet(List<ValidatorInfo> validators) {
  private static final Comparator<ValidatorInfo> ORDER =
      Comparator.comparingLong(ValidatorInfo::power)
          .reversed()
          .thenComparing(ValidatorInfo::address, Arrays::compareUnsigned);

  /** CometBFT's upper limit of all powers together. */
  private static final long MAX_TOTAL_POWER = Long.MAX_VALUE / 8;

  /** The set without validators. */
  public static final ValidatorSet EMPTY = new ValidatorSet(List.of());

  public ValidatorSet {
    validators = validators.stream().sorted(ORDER).toList();
  }

  /** The 20-byte address of an Ed25519 public key. */
  public static byte[] address(byte[] publicKey) {
    return Arrays.copyOf(Merkle.sha256(publicKey), 20);
  }

  /**
   * This set with {@code updates} applied.
   *
   * @throws IllegalArgumentException for what CometBFT refuses: a negative power, a duplicate, the
   *     removal of one who is no validator, a key type other than Ed25519
   */
  public ValidatorSet with(List<ValidatorUpdate> updates) {
    List<ValidatorInfo> next = new ArrayList<>(validators);
    List<byte[]> seen = new ArrayList<>();
    for (ValidatorUpdate update : updates) {
      if (!update.keyType().equals("ed25519") || update.publicKey().length != 32) {
        throw refusal(update, "its key is not an Ed25519 key of 32 bytes");
      }
      if (update.power() < 0) {
        throw refusal(update, "its power is negative");
      }
      byte[] address = address(update.publicKey());
      if (seen.stream().anyMatch(other -> Arrays.equals(other, address))) {
        throw refusal(update, "the same list names it twice");
      }
      seen.add(address);
      boolean known = next.removeIf(v -> Arrays.equals(v.address(), address));
      if (update.power() > 0) {
        next.add(new ValidatorInfo(address, update.publicKey(), update.power()));
      } else if (!known) {
        throw refusal(update, "it is to be removed and is no validator");
      }
    }
    long total = 0;
    for (ValidatorInfo validator : next) {
      total += validator.power();
      if (validator.power() > MAX_TOTAL_POWER || total > MAX_TOTAL_POWER) {
        throw new IllegalArgumentException(
            "validator updates refused: the total power would pass " + MAX_TOTAL_POWER);
      }
    }
    return new ValidatorSet(next);
  }

  /** The validator with {@code address}. */
  public Optional<ValidatorInfo> find(byte[] address) {
    return validators.stream().filter(v -> Arrays.equals(v.address(), address)).findFirst();
  }

  /** Sum of all powers. */
  public long totalPower() {
    return validators.stream().mapToLong(ValidatorInfo::power).sum();
  }

  /** Whether the validator with {@code address} alone has more than two thirds of the power. */
  public boolean decidedBy(byte[] address) {
    return find(address).map(v -> v.power() * 3 > totalPower() * 2).orElse(false);
  }

  /** The {@code validators_hash} of a header. */
  public byte[] hash() {
    List<byte[]> leaves = new ArrayList<>(validators.size());
    for (ValidatorInfo validator : validators) {
      ProtoWriter out = new ProtoWriter(64);
      int key = out.begin(1);
      out.bytes(1, validator.publicKey()).end(key).number(2, validator.power());
      leaves.add(out.toBytes());
    }
    return Merkle.root(leaves);
  }

  private static IllegalArgumentException refusal(ValidatorUpdate update, String why) {
    return new IllegalArgumentException(
        "validator update of key "
            + HexFormat.of().formatHex(update.publicKey())
            + " refused: "
            + why);
  }
}
