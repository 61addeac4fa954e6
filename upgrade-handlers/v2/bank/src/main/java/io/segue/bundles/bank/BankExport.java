package io.segue.bundles.bank;

import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.GenesisJson;
import io.segue.bundles.sdk.GenesisWriter;
import io.segue.bundles.sdk.proto.bank.Metadata;
import io.segue.bundles.sdk.proto.bank.Params;
import io.segue.bundles.sdk.proto.bank.SendEnabled;
import io.segue.bundles.sdk.state.Range;
import io.segue.kernel.api.module.KVStore;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Writes the bank's state as {@link BankGenesis} reads it, entry by entry. */
final class BankExport {
  private final Addresses addresses;
  private final BankState state;
  private final BankParams params;
  private final FeeBurn feeBurn;
  private final GenesisWriter out;

  BankExport(
      Addresses addresses,
      BankState state,
      BankParams params,
      FeeBurn feeBurn,
      GenesisJson json,
      OutputStream stream) {
    this.addresses = addresses;
    this.state = state;
    this.params = params;
    this.feeBurn = feeBurn;
    this.out = new GenesisWriter(json, stream);
  }

  /**
   * Writes the genesis, UTF-8.
   *
   * @throws UncheckedIOException where the stream can't be written
   */
  void write(KVStore store) {
    out.text("{\"params\":");
    Params all = params.get(store);
    out.message(all.toBuilder().clearSendEnabled().build());
    out.text(",\"balances\":[");
    Balances balances = new Balances();
    state.holdings.forEach(
        store,
        Range.all(),
        key ->
            balances.add(
                key.first(), key.second(), state.balance(store, key.first(), key.second())));
    balances.end();
    out.text("],\"supply\":");
    out.array(
        taker ->
            state.supply.forEach(
                store, Range.all(), (denom, amount) -> taker.accept(json(denom, amount))));
    out.<Metadata>list(
        "denom_metadata",
        taker -> state.metadata.forEach(store, Range.all(), (denom, entry) -> taker.accept(entry)));
    out.<SendEnabled>list("send_enabled", all.getSendEnabledList()::forEach);
    out.member("v2_params", feeBurn.get(store));
    out.text("}");
  }

  private static String json(String denom, BigInteger amount) {
    return "{\"denom\":\"" + denom + "\",\"amount\":\"" + amount + "\"}";
  }

  /** Writes the balances of one account, which lie together, into one entry. */
  private final class Balances {
    private byte @Nullable [] account;

    void add(byte[] address, String denom, BigInteger amount) {
      if (Arrays.equals(account, address)) {
        out.text(",");
      } else {
        end();
        out.text(account == null ? "" : ",");
        out.text("{\"address\":\"" + addresses.account(address) + "\",\"coins\":[");
        account = address;
      }
      out.text(json(denom, amount));
    }

    void end() {
      out.text(account == null ? "" : "]}");
    }
  }
}
