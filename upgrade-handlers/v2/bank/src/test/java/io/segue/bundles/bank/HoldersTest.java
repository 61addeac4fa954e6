package io.segue.bundles.bank;

import static io.segue.bundles.bank.BankChain.A;
import static io.segue.bundles.bank.BankChain.B;
import static org.assertj.core.api.Assertions.assertThat;

import io.segue.bundles.sdk.proto.base.PageRequest;
import io.segue.kernel.api.abci.Abci.QueryResponse;
import io.segue.upgrade.handlers.v2.bank.proto.QueryHoldersRequest;
import io.segue.upgrade.handlers.v2.bank.proto.QueryHoldersResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who holds a denomination. */
class HoldersTest {
  private final BankChain chain = BankChain.started();

  @AfterEach
  void close() {
    chain.close();
  }

  @Test
  void listsTheHoldersOfADenominationByAddress() throws Exception {
    QueryHoldersResponse holders = holders("stake", PageRequest.getDefaultInstance());

    assertThat(holders.getHoldersList())
        .extracting(holder -> holder.getAddress() + " " + holder.getBalance().getAmount())
        .containsExactly(A + " 100", B + " 50");
    assertThat(holders.getPagination().getTotal()).isEqualTo(2);
  }

  @Test
  void givesTheNextPageByKey() throws Exception {
    QueryHoldersResponse first = holders("stake", PageRequest.newBuilder().setLimit(1).build());
    QueryHoldersResponse second =
        holders(
            "stake", PageRequest.newBuilder().setKey(first.getPagination().getNextKey()).build());

    assertThat(first.getHolders(0).getAddress()).isEqualTo(A);
    assertThat(second.getHoldersList()).hasSize(1);
    assertThat(second.getHolders(0).getAddress()).isEqualTo(B);
  }

  @Test
  void doesNotMixADenominationWithOneThatBeginsLikeIt() throws Exception {
    assertThat(holders("stak", PageRequest.getDefaultInstance()).getHoldersList()).isEmpty();
  }

  @Test
  void refusesAnInvalidDenomination() {
    QueryResponse answer = chain.chain().query("/segue.bank.v2.Query/Holders", new byte[0]);

    assertThat(answer.log())
        .isEqualTo("rpc error: code = InvalidArgument desc = invalid denom: : invalid request");
  }

  private QueryHoldersResponse holders(String denom, PageRequest page) throws Exception {
    QueryResponse answer =
        chain
            .chain()
            .query(
                "/segue.bank.v2.Query/Holders",
                QueryHoldersRequest.newBuilder()
                    .setDenom(denom)
                    .setPagination(page)
                    .build()
                    .toByteArray());
    return QueryHoldersResponse.parseFrom(answer.value());
  }
}
