package io.segue.bundles.cli.chain;

import com.google.protobuf.ByteString;
import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.sdk.proto.auth.BaseAccount;
import io.segue.bundles.sdk.proto.auth.QueryAccountInfoRequest;
import io.segue.bundles.sdk.proto.auth.QueryAccountInfoResponse;
import io.segue.bundles.sdk.proto.bank.QueryBalanceRequest;
import io.segue.bundles.sdk.proto.bank.QueryBalanceResponse;
import io.segue.bundles.sdk.proto.bank.QuerySupplyOfRequest;
import io.segue.bundles.sdk.proto.bank.QuerySupplyOfResponse;
import io.segue.bundles.sdk.proto.tx.SimulateRequest;
import io.segue.bundles.sdk.proto.tx.SimulateResponse;
import java.math.BigInteger;

/** What transactions need to know of the chain's state, asked from one node. Thread safe. */
public final class ChainInfo {
  private static final String SDK = "sdk";
  private static final int KEY_NOT_FOUND = 22;

  private final NodeClient node;

  public ChainInfo(NodeClient node) {
    this.node = node;
  }

  /** A signer's place on the chain. */
  public record Account(long number, long sequence) {}

  /**
   * The account of an address.
   *
   * @throws CliException where the chain has none
   */
  public Account account(String address) {
    try {
      BaseAccount account =
          node.query(
                  "/cosmos.auth.v1beta1.Query/AccountInfo",
                  QueryAccountInfoRequest.newBuilder().setAddress(address).build(),
                  0,
                  QueryAccountInfoResponse.parser())
              .getInfo();
      return new Account(account.getAccountNumber(), account.getSequence());
    } catch (QueryRefusedException e) {
      if (e.is(SDK, KEY_NOT_FOUND)) {
        throw new CliException(
            "the chain has no account " + address + "; send it coins first, or check --node", e);
      }
      throw e;
    }
  }

  /** A balance at a height; 0 for the last one. */
  public BigInteger balance(String address, String denom, long height) {
    return new BigInteger(
        node.query(
                "/cosmos.bank.v1beta1.Query/Balance",
                QueryBalanceRequest.newBuilder().setAddress(address).setDenom(denom).build(),
                height,
                QueryBalanceResponse.parser())
            .getBalance()
            .getAmount());
  }

  /** The supply of a denomination at a height; 0 for the last one. */
  public BigInteger supply(String denom, long height) {
    return new BigInteger(
        node.query(
                "/cosmos.bank.v1beta1.Query/SupplyOf",
                QuerySupplyOfRequest.newBuilder().setDenom(denom).build(),
                height,
                QuerySupplyOfResponse.parser())
            .getAmount()
            .getAmount());
  }

  /** The gas that a transaction takes when it runs now. */
  public long simulate(byte[] tx) {
    return node.query(
            "/cosmos.tx.v1beta1.Service/Simulate",
            SimulateRequest.newBuilder().setTxBytes(ByteString.copyFrom(tx)).build(),
            0,
            SimulateResponse.parser())
        .getGasInfo()
        .getGasUsed();
  }
}
