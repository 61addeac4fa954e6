package io.segue.bundles.bank;

import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Coins;
import io.segue.bundles.sdk.GenesisJson;
import io.segue.bundles.sdk.Proto;
import io.segue.bundles.sdk.proto.bank.Metadata;
import io.segue.bundles.sdk.proto.bank.Params;
import io.segue.bundles.sdk.proto.bank.SendEnabled;
import io.segue.kernel.api.module.KVIterator;
import io.segue.kernel.api.module.KVStore;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes the bank's state as {@link BankGenesis} reads it, entry by entry. */
final class BankExport {
  private final Addresses addresses;
  private final GenesisJson json;
  private final OutputStream out;

  BankExport(Addresses addresses, GenesisJson json, OutputStream out) {
    this.addresses = addresses;
    this.json = json;
    this.out = out;
  }

  /**
   * Writes the genesis, UTF-8.
   *
   * @throws UncheckedIOException where the stream can't be written
   */
  void write(KVStore store) {
    text("{\"params\":");
    Params params = SendParams.read(store);
    text(json.print(params.toBuilder().clearSendEnabled().build()));
    text(",\"balances\":[");
    String[] comma = {""};
    new Balances(store)
        .forEachAccount(
            (address, coins) -> {
              text(comma[0] + "{\"address\":\"" + addresses.account(address) + "\",\"coins\":");
              coins(coins);
              text("}");
              comma[0] = ",";
            });
    text("],\"supply\":");
    coins(supply(store));
    text(",\"denom_metadata\":[");
    metadata(store);
    text("],\"send_enabled\":[");
    sendEnabled(params);
    text("],\"v2_params\":");
    text(json.print(FeeBurn.read(store)));
    text("}");
  }

  private static Coins supply(KVStore store) {
    List<Coins.Amount> amounts = new ArrayList<>();
    new Supply(store).all().forEach((denom, sum) -> amounts.add(new Coins.Amount(denom, sum)));
    return Coins.of(amounts);
  }

  private void metadata(KVStore store) {
    String comma = "";
    try (KVIterator entries = store.prefix(BankKeys.METADATA)) {
      while (entries.next()) {
        text(comma);
        text(json.print(Proto.stored(Metadata.parser(), entries.value())));
        comma = ",";
      }
    }
  }

  private void sendEnabled(Params params) {
    String comma = "";
    for (SendEnabled entry : params.getSendEnabledList()) {
      text(comma + json.print(entry));
      comma = ",";
    }
  }

  private void coins(Coins coins) {
    String comma = "";
    text("[");
    for (Coins.Amount coin : coins) {
      text(comma + "{\"denom\":\"" + coin.denom() + "\",\"amount\":\"" + coin.amount() + "\"}");
      comma = ",";
    }
    text("]");
  }

  private void text(String text) {
    try {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
