package io.segue.bundles.rpc.json;

import io.segue.kernel.api.abci.Abci.Attribute;
import io.segue.kernel.api.abci.Abci.CheckTxResponse;
import io.segue.kernel.api.abci.Abci.ConsensusParams;
import io.segue.kernel.api.abci.Abci.Event;
import io.segue.kernel.api.abci.Abci.ExecTxResult;
import io.segue.kernel.api.abci.Abci.ValidatorUpdate;
import io.segue.kernel.api.engine.Engine.TxProof;
import io.segue.kernel.api.engine.Engine.TxResult;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Results of transactions and blocks in JSON. */
public final class ResultJson {
  /** The result of a transaction that was in no block. */
  public static final ExecTxResult NONE = new ExecTxResult(0, new byte[0], "", 0, 0, List.of(), "");

  private ResultJson() {}

  public static void tx(JsonOut out, TxResult tx, Optional<TxProof> proof) throws IOException {
    out.object(
        () -> {
          out.hex("hash", tx.hash());
          out.int64("height", tx.height());
          out.int32("index", tx.index());
          result(out, "tx_result", tx.result());
          out.base64("tx", tx.tx());
          if (proof.isPresent()) {
            proof(out, tx.tx(), proof.get());
          }
        });
  }

  public static void result(JsonOut out, String name, ExecTxResult result) throws IOException {
    out.name(name);
    result(out, result);
  }

  public static void result(JsonOut out, ExecTxResult result) throws IOException {
    out.object(
        () -> {
          out.int32("code", result.code());
          out.base64("data", result.data());
          out.text("log", result.log());
          out.text("info", "");
          out.int64("gas_wanted", result.gasWanted());
          out.int64("gas_used", result.gasUsed());
          out.array("events", result.events(), event -> event(out, event));
          out.text("codespace", result.codespace());
        });
  }

  /** The members of a result without those that are zero or empty, as events have it. */
  public static void sparse(JsonOut out, ExecTxResult result) throws IOException {
    if (result.code() != 0) {
      out.int32("code", result.code());
    }
    if (result.data().length > 0) {
      out.base64("data", result.data());
    }
    if (!result.log().isEmpty()) {
      out.text("log", result.log());
    }
    if (result.gasWanted() != 0) {
      out.int64("gas_wanted", result.gasWanted());
    }
    if (result.gasUsed() != 0) {
      out.int64("gas_used", result.gasUsed());
    }
    if (!result.events().isEmpty()) {
      out.array("events", result.events(), event -> event(out, event));
    }
    if (!result.codespace().isEmpty()) {
      out.text("codespace", result.codespace());
    }
  }

  /** A verdict of CheckTx, in the form of a result. */
  public static ExecTxResult checked(CheckTxResponse check) {
    return new ExecTxResult(
        check.code(),
        new byte[0],
        check.log(),
        check.gasWanted(),
        check.gasUsed(),
        check.events(),
        check.codespace());
  }

  public static void event(JsonOut out, Event event) throws IOException {
    out.object(
        () -> {
          out.text("type", event.type());
          out.array("attributes", event.attributes(), attribute -> attribute(out, attribute));
        });
  }

  public static void validatorUpdate(JsonOut out, ValidatorUpdate update) throws IOException {
    boolean ed25519 = update.keyType().equals("ed25519");
    out.object(
        () -> {
          out.object(
              "pub_key",
              () ->
                  out.object(
                      "Sum",
                      () -> {
                        out.text(
                            "type",
                            "tendermint.crypto.PublicKey_" + (ed25519 ? "Ed25519" : "Secp256K1"));
                        out.object("value", () -> out.base64(update.keyType(), update.publicKey()));
                      }));
          if (update.power() != 0) {
            out.int64("power", update.power());
          }
        });
  }

  /** Parameters; {@code sparse} leaves out zeros, as CometBFT does in the results of a block. */
  public static void params(JsonOut out, ConsensusParams params, boolean sparse)
      throws IOException {
    out.object(
        () -> {
          if (params.block().isPresent()) {
            var block = params.block().get();
            out.object(
                "block",
                () -> {
                  out.int64("max_bytes", block.maxBytes());
                  out.int64("max_gas", block.maxGas());
                });
          }
          if (params.evidence().isPresent()) {
            var evidence = params.evidence().get();
            out.object(
                "evidence",
                () -> {
                  out.int64("max_age_num_blocks", evidence.maxAgeNumBlocks());
                  out.int64("max_age_duration", evidence.maxAgeDuration().toNanos());
                  out.int64("max_bytes", evidence.maxBytes());
                });
          }
          if (params.validator().isPresent()) {
            var types = params.validator().get().pubKeyTypes();
            out.object("validator", () -> out.array("pub_key_types", types, out::string));
          }
          long app = params.version().map(version -> version.app()).orElse(0L);
          out.object(
              "version",
              () -> {
                if (app != 0 || !sparse) {
                  out.int64("app", app);
                }
              });
          long extensions = params.abci().map(abci -> abci.voteExtensionsEnableHeight()).orElse(0L);
          out.object(
              "abci",
              () -> {
                if (extensions != 0 || !sparse) {
                  out.int64("vote_extensions_enable_height", extensions);
                }
              });
        });
  }

  private static void attribute(JsonOut out, Attribute attribute) throws IOException {
    out.object(
        () -> {
          out.text("key", attribute.key());
          out.text("value", attribute.value());
          out.flag("index", attribute.index());
        });
  }

  private static void proof(JsonOut out, byte[] tx, TxProof proof) throws IOException {
    out.object(
        "proof",
        () -> {
          out.hex("root_hash", proof.rootHash());
          out.base64("data", tx);
          out.object(
              "proof",
              () -> {
                out.int64("total", proof.total());
                out.int64("index", proof.index());
                out.base64("leaf_hash", proof.leafHash());
                out.array("aunts", proof.aunts(), out::base64);
              });
        });
  }
}
