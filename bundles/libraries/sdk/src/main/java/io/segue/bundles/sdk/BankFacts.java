package io.segue.bundles.sdk;

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
  private static final String SUPPLY_OF = "/cosmos.bank.v1beta1.Query/SupplyOf";
  private static final String MAY_RECEIVE = "/segue.bank.v1.Query/MayReceive";

  private BankFacts() {}

  /** How many coins of a valid denomination there are. */
  public static BigInteger supply(Context context, String denom) {
    byte[] response =
        context.query(
            SUPPLY_OF, QuerySupplyOfRequest.newBuilder().setDenom(denom).build().toByteArray());
    return new BigInteger(
        Proto.parse(QuerySupplyOfResponse.parser(), response).getAmount().getAmount());
  }

  /** Whether users may send coins to an account. */
  public static boolean mayReceive(Context context, byte[] address) {
    byte[] response =
        context.query(
            MAY_RECEIVE,
            MayReceiveRequest.newBuilder()
                .setAddress(ByteString.copyFrom(address))
                .build()
                .toByteArray());
    return Proto.parse(MayReceiveResponse.parser(), response).getMay();
  }
}
