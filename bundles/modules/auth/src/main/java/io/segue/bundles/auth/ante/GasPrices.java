package io.segue.bundles.auth.ante;

import io.segue.bundles.sdk.Coins;
import io.segue.bundles.sdk.Dec;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The least that a node asks for a unit of gas, in each denomination that it takes. Immutable. */
final class GasPrices {
  private final TreeMap<String, Dec> prices;

  private GasPrices(TreeMap<String, Dec> prices) {
    this.prices = prices;
  }

  /**
   * Prices from text such as {@code 0.01ufee,0.5stake}.
   *
   * @throws IllegalArgumentException where it is malformed; names the part
   */
  static GasPrices parse(String text) {
    TreeMap<String, Dec> prices = new TreeMap<>();
    for (String part : text.split(",", -1)) {
      String price = part.strip();
      int split = 0;
      while (split < price.length() && isDecimal(price.charAt(split))) {
        split++;
      }
      String denom = price.substring(split).strip();
      if (split == 0 || !Coins.validDenom(denom)) {
        throw new IllegalArgumentException(
            "\"" + price + "\" is no gas price: write it like 0.025stake");
      }
      prices.put(denom, Dec.parse(price.substring(0, split)));
    }
    return new GasPrices(prices);
  }

  /** What an amount of gas costs, rounded up; one of them is enough. Sorted by denomination. */
  List<Coins.Amount> of(long gas) {
    List<Coins.Amount> required = new ArrayList<>(prices.size());
    for (Map.Entry<String, Dec> price : prices.entrySet()) {
      BigInteger amount = price.getValue().times(BigInteger.valueOf(gas)).ceil();
      required.add(new Coins.Amount(price.getKey(), amount));
    }
    return required;
  }

  /** Whether every price is 0. */
  boolean isFree() {
    return prices.values().stream().allMatch(price -> price.signum() == 0);
  }

  private static boolean isDecimal(char c) {
    return c >= '0' && c <= '9' || c == '.';
  }
}
