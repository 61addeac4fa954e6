package io.segue.bundles.cli.tx;

import com.google.protobuf.ByteString;
import io.segue.bundles.cli.chain.ChainInfo;
import io.segue.bundles.cli.chain.ChainTypes;
import io.segue.bundles.cli.chain.QueryRefusedException;
import io.segue.bundles.cli.chain.TxSignatures;
import io.segue.bundles.cli.chain.TxSigners;
import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.sdk.proto.signing.SignMode;
import io.segue.bundles.sdk.proto.tx.AuthInfo;
import io.segue.bundles.sdk.proto.tx.SignerInfo;
import io.segue.bundles.sdk.proto.tx.Tx;
import io.segue.bundles.sdk.tx.RawTx;
import java.util.regex.Pattern;

/** What a transaction would use, told by the node: it runs the messages and keeps nothing. */
final class Estimate {
  /** What a simulation puts around the reason of a failure. */
  private static final Pattern AROUND_REASON =
      Pattern.compile("^rpc error: code = \\w+ desc = | with gas used: .*$");

  private Estimate() {}

  /**
   * The gas of a transaction that its sender signs.
   *
   * @throws CliException where it would fail; says why
   */
  static long gas(ChainInfo chain, Tx tx, Sender sender, ChainTypes types) {
    AuthInfo.Builder authInfo = tx.getAuthInfo().toBuilder().clearSignerInfos();
    Tx.Builder unsigned = tx.toBuilder().clearSignatures();
    for (String signer : TxSigners.of(tx, types)) {
      authInfo.addSignerInfos(
          SignerInfo.newBuilder()
              .setPublicKey(
                  signer.equals(sender.address()) ? sender.publicKey() : Sender.UNKNOWN_KEY)
              .setModeInfo(TxSignatures.single(SignMode.SIGN_MODE_DIRECT))
              .setSequence(chain.account(signer).sequence()));
      unsigned.addSignatures(ByteString.EMPTY);
    }
    try {
      return chain.simulate(RawTx.bytes(unsigned.setAuthInfo(authInfo).build()));
    } catch (QueryRefusedException e) {
      throw new CliException(
          "the transaction would fail, so it is not sent: "
              + AROUND_REASON.matcher(e.log()).replaceAll("")
              + "; with --gas N it is sent all the same",
          e);
    }
  }
}
