package io.segue.bundles.sdk;

import io.segue.bundles.sdk.proto.base.Coin;
import io.segue.kernel.api.module.ModuleException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.regex.Pattern;

/**
 * Amounts of several denominations: sorted by denomination, each once, all greater than zero.
 * Immutable.
 *
 * <p>{@link #of(Collection)} and {@link #plus} tolerate any order, repetition and zeros, and give
 * the normal form; {@link #strict} checks what a user sent, as the Cosmos SDK does.
 */
public final class Coins implements Iterable<Coins.Amount> {
  /** No coins. */
  public static final Coins NONE = new Coins(List.of());

  /** Most bits of an amount. */
  public static final int MAX_BITS = 256;

  /** Most digits of an amount; 2^256 has 78. */
  public static final int MAX_DIGITS = 78;

  private static final Pattern DENOM = Pattern.compile("[a-zA-Z][a-zA-Z0-9/:._-]{2,127}");
  private static final Pattern INTEGER = Pattern.compile("0|-?[1-9][0-9]*");

  private final List<Amount> amounts;

  private Coins(List<Amount> amounts) {
    this.amounts = amounts;
  }

  /** An amount of one denomination. */
  public record Amount(String denom, BigInteger amount) {
    /** As the wire has it. */
    public Coin toProto() {
      return Coin.newBuilder().setDenom(denom).setAmount(amount.toString()).build();
    }

    @Override
    public String toString() {
      return amount + denom;
    }
  }

  /** One denomination; nothing where the amount is 0. */
  public static Coins of(String denom, BigInteger amount) {
    return amount.signum() == 0 ? NONE : new Coins(List.of(positive(denom, amount)));
  }

  /** One denomination; nothing where the amount is 0. */
  public static Coins of(String denom, long amount) {
    return of(denom, BigInteger.valueOf(amount));
  }

  /** The sum of amounts in any order; none may be negative. */
  public static Coins of(Collection<Amount> amounts) {
    TreeMap<String, BigInteger> sums = new TreeMap<>();
    for (Amount a : amounts) {
      sums.merge(a.denom(), positive(a.denom(), a.amount()).amount(), BigInteger::add);
    }
    return of(sums);
  }

  /**
   * What a user sent, checked by the rules for coins.
   *
   * @throws ModuleException sdk/10 {@code <text>: invalid coins} where they are not sorted, repeat
   *     a denomination, hold zero or less, or have an invalid denomination; sdk/2 where an amount
   *     is no integer
   */
  public static Coins strict(List<Coin> coins) {
    List<Amount> amounts = amounts(coins);
    if (!valid(amounts)) {
      throw SdkErrors.invalidCoins(text(amounts));
    }
    return amounts.isEmpty() ? NONE : new Coins(amounts);
  }

  /**
   * Amounts as sent, without judgement of order, sign or denomination.
   *
   * @throws ModuleException sdk/2 where an amount is no integer
   */
  public static List<Amount> amounts(List<Coin> coins) {
    List<Amount> amounts = new ArrayList<>(coins.size());
    for (Coin coin : coins) {
      amounts.add(new Amount(coin.getDenom(), parseAmount(coin.getAmount())));
    }
    return List.copyOf(amounts);
  }

  /** Whether amounts are sorted by denomination, without repetition, positive and well named. */
  public static boolean valid(List<Amount> amounts) {
    String before = "";
    for (Amount a : amounts) {
      if (!validDenom(a.denom()) || a.amount().signum() <= 0 || a.denom().compareTo(before) <= 0) {
        return false;
      }
      before = a.denom();
    }
    return true;
  }

  /** Whether a text may name a denomination. */
  public static boolean validDenom(String denom) {
    return DENOM.matcher(denom).matches();
  }

  /**
   * An amount, possibly negative.
   *
   * @throws ModuleException sdk/2 where it is no decimal integer or too long
   */
  public static BigInteger parseAmount(String text) {
    if (text.length() > MAX_DIGITS + 1 || !INTEGER.matcher(text).matches()) {
      String shown = text.length() > MAX_DIGITS ? text.substring(0, MAX_DIGITS) + "..." : text;
      throw SdkErrors.txDecode("math/big: cannot unmarshal \"" + shown + "\" into a *big.Int");
    }
    BigInteger amount = new BigInteger(text);
    if (amount.bitLength() > MAX_BITS) {
      throw SdkErrors.txDecode(
          "integer out of range; got: " + amount.bitLength() + ", max: " + MAX_BITS);
    }
    return amount;
  }

  /**
   * Coins from text such as {@code 7ustake,1x}, in any order; empty text gives none.
   *
   * @throws IllegalArgumentException where it is malformed or repeats a denomination
   */
  public static Coins parse(String text) {
    TreeMap<String, BigInteger> sums = new TreeMap<>();
    if (!text.isBlank()) {
      for (String part : text.split(",", -1)) {
        Amount a = parseOne(part.strip());
        if (sums.put(a.denom(), a.amount()) != null) {
          throw new IllegalArgumentException("duplicate denomination " + a.denom());
        }
      }
    }
    return of(sums);
  }

  /**
   * One amount from text such as {@code 7ustake}.
   *
   * @throws IllegalArgumentException where it is malformed
   */
  public static Amount parseOne(String text) {
    int split = 0;
    while (split < text.length() && Character.digit(text.charAt(split), 10) >= 0) {
      split++;
    }
    String digits = text.substring(0, split);
    String denom = text.substring(split).strip();
    if (digits.isEmpty() || digits.length() > MAX_DIGITS || !validDenom(denom)) {
      throw new IllegalArgumentException("invalid decimal coin expression: " + text);
    }
    return new Amount(denom, new BigInteger(digits));
  }

  /** Text of amounts as sent: {@code 1ustake,1ufee}. */
  public static String text(List<Amount> amounts) {
    if (amounts.size() == 1) {
      return amounts.get(0).toString();
    }
    StringBuilder text = new StringBuilder();
    for (Amount a : amounts) {
      text.append(text.length() == 0 ? "" : ",").append(a);
    }
    return text.toString();
  }

  /** The sum with {@code other}. */
  public Coins plus(Coins other) {
    if (isEmpty()) {
      return other;
    }
    return other.isEmpty() ? this : merge(other, BigInteger::add);
  }

  /**
   * What is left when {@code other} is taken away.
   *
   * @throws IllegalArgumentException where some denomination would become negative
   */
  public Coins minus(Coins other) {
    return other.isEmpty() ? this : merge(other, BigInteger::subtract);
  }

  /** Whether every amount of {@code other} is here at least. */
  public boolean covers(Coins other) {
    for (Amount a : other) {
      if (amountOf(a.denom()).compareTo(a.amount()) < 0) {
        return false;
      }
    }
    return true;
  }

  /** The amount of a denomination; 0 where there is none. */
  public BigInteger amountOf(String denom) {
    for (Amount a : amounts) {
      if (a.denom().equals(denom)) {
        return a.amount();
      }
    }
    return BigInteger.ZERO;
  }

  /** Whether there are none. */
  public boolean isEmpty() {
    return amounts.isEmpty();
  }

  /** The amounts, sorted by denomination. */
  public List<Amount> amounts() {
    return amounts;
  }

  /** As the wire has them. */
  public List<Coin> toProto() {
    List<Coin> coins = new ArrayList<>(amounts.size());
    for (Amount a : amounts) {
      coins.add(a.toProto());
    }
    return coins;
  }

  @Override
  public Iterator<Amount> iterator() {
    return amounts.iterator();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Coins c && amounts.equals(c.amounts);
  }

  @Override
  public int hashCode() {
    return amounts.hashCode();
  }

  /** Text such as {@code 1ufee,7ustake}; empty for none. */
  @Override
  public String toString() {
    return text(amounts);
  }

  private Coins merge(Coins other, BinaryOperator<BigInteger> operation) {
    TreeMap<String, BigInteger> result = new TreeMap<>(Comparator.naturalOrder());
    for (Amount a : amounts) {
      result.put(a.denom(), a.amount());
    }
    for (Amount a : other) {
      BigInteger mine = result.getOrDefault(a.denom(), BigInteger.ZERO);
      result.put(a.denom(), operation.apply(mine, a.amount()));
    }
    return of(result);
  }

  private static Coins of(TreeMap<String, BigInteger> sums) {
    List<Amount> amounts = new ArrayList<>(sums.size());
    sums.forEach(
        (denom, amount) -> {
          if (amount.signum() != 0) {
            amounts.add(positive(denom, amount));
          }
        });
    return amounts.isEmpty() ? NONE : new Coins(List.copyOf(amounts));
  }

  private static Amount positive(String denom, BigInteger amount) {
    if (amount.signum() < 0) {
      throw new IllegalArgumentException("negative amount " + amount + denom);
    }
    return new Amount(denom, amount);
  }
}
