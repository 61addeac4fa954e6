package io.segue.bundles.rpc.json;

import io.segue.kernel.api.engine.Engine.ValidatorInfo;
import java.io.IOException;

/** Validators and their keys in JSON. */
public final class ConsensusJson {
  private ConsensusJson() {}

  public static void validator(JsonOut out, ValidatorInfo validator) throws IOException {
    out.object(() -> members(out, validator));
  }

  public static void validator(JsonOut out, String name, ValidatorInfo validator)
      throws IOException {
    out.object(name, () -> members(out, validator));
  }

  /** A member {@code pub_key} with an Ed25519 key. */
  public static void key(JsonOut out, byte[] publicKey) throws IOException {
    out.object(
        "pub_key",
        () -> {
          out.text("type", "tendermint/PubKeyEd25519");
          out.base64("value", publicKey);
        });
  }

  private static void members(JsonOut out, ValidatorInfo validator) throws IOException {
    out.hex("address", validator.address());
    key(out, validator.publicKey());
    out.int64("voting_power", validator.power());
    out.int64("proposer_priority", 0);
  }
}
