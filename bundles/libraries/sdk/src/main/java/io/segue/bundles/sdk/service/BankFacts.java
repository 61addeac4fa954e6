package io.segue.bundles.sdk.service;

import com.google.protobuf.ByteString;
import io.segue.bundles.sdk.proto.bank.MayReceiveRequest;
import io.segue.bundles.sdk.proto.bank.MayReceiveResponse;
import io.segue.bundles.sdk.proto.bank.QuerySupplyOfRequest;
import io.segue.bundles.sdk.proto.bank.QuerySupplyOfResponse;
import io.segue.kernel.api.module.Context;
import java.math.BigInteger;

/**
 * What other modules ask of the bank to see whether parameters are ones that a chain can live with.
 */
public final class BankFacts {
  private BankFacts() {}

  /** How many coins of a valid denomination there are. */
  public static BigInteger supply(Context context, String denom) {
    QuerySupplyOfRequest request = QuerySupplyOfRequest.newBuilder().setDenom(denom).build();
    return new BigInteger(
        Client.of(context)
            .query(request, QuerySupplyOfResponse.getDefaultInstance())
            .getAmount()
            .getAmount());
  }

  /** Whether users may send coins to an account. */
  public static boolean mayReceive(Context context, byte[] address) {
    MayReceiveRequest request =
        MayReceiveRequest.newBuilder().setAddress(ByteString.copyFrom(address)).build();
    return Client.of(context).query(request, MayReceiveResponse.getDefaultInstance()).getMay();
  }
}
