package io.segue.bundles.bank;

import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Coins;
import io.segue.bundles.sdk.GenesisJson;
import io.segue.bundles.sdk.GenesisWriter;
import io.segue.bundles.sdk.Proto;
import io.segue.bundles.sdk.proto.bank.Metadata;
import io.segue.bundles.sdk.proto.bank.Params;
import io.segue.bundles.sdk.proto.bank.SendEnabled;
import io.segue.kernel.api.module.KVIterator;
import io.segue.kernel.api.module.KVStore;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Writes the bank's state as {@link BankGenesis} reads it, entry by entry. */
final class BankExport {
  private final Addresses addresses;
  private final GenesisWriter out;

  BankExport(Addresses addresses, GenesisJson json, OutputStream out) {
    this.addresses = addresses;
    this.out = new GenesisWriter(json, out);
  }

  /**
   * Writes the genesis, UTF-8.
   *
   * @throws UncheckedIOException where the stream can't be written
   */
  void write(KVStore store) {
    out.text("{\"params\":");
    Params params = SendParams.read(store);
    out.message(params.toBuilder().clearSendEnabled().build());
    out.text(",\"balances\":[");
    String[] comma = {""};
    new Balances(store)
        .forEachAccount(
            (address, coins) -> {
              out.text(comma[0] + "{\"address\":\"" + addresses.account(address) + "\",\"coins\":");
              coins(coins);
              out.text("}");
              comma[0] = ",";
            });
    out.text("],\"supply\":");
    coins(supply(store));
    out.<Metadata>list("denom_metadata", take -> metadata(store, take));
    out.<SendEnabled>list("send_enabled", params.getSendEnabledList()::forEach);
    out.text("}");
  }

  private static Coins supply(KVStore store) {
    List<Coins.Amount> amounts = new ArrayList<>();
    new Supply(store).all().forEach((denom, sum) -> amounts.add(new Coins.Amount(denom, sum)));
    return Coins.of(amounts);
  }

  private static void metadata(KVStore store, Consumer<Metadata> take) {
    try (KVIterator entries = store.prefix(BankKeys.METADATA)) {
      while (entries.next()) {
        take.accept(Proto.stored(Metadata.parser(), entries.value()));
      }
    }
  }

  private void coins(Coins coins) {
    out.array(taker -> coins.forEach(coin -> taker.accept(json(coin))));
  }

  private static String json(Coins.Amount coin) {
    return "{\"denom\":\"" + coin.denom() + "\",\"amount\":\"" + coin.amount() + "\"}";
  }
}
