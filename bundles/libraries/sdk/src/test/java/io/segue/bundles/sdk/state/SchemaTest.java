package io.segue.bundles.sdk.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.bundles.sdk.SortedStore;
import io.segue.bundles.sdk.proto.bank.Params;
import io.segue.bundles.sdk.proto.base.Coin;
import io.segue.bundles.sdk.proto.base.PageRequest;
import io.segue.bundles.sdk.proto.base.PageResponse;
import io.segue.kernel.api.module.KVStore;
import io.segue.kernel.api.module.ModuleException;
import java.lang.reflect.Proxy;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SchemaTest {
  private static final PairKey<byte[], String> BALANCE = Keys.pair(Keys.address(), Keys.text());
  private static final PairKey<String, Long> BY_DENOM =
      Keys.pair(Keys.terminatedText(), Keys.u64());
  private static final byte[] ALICE = {1};
  private static final byte[] BOB = {2};

  private final SortedStore store = new SortedStore();
  private final Schema schema = new Schema();
  private final Sequence next = schema.sequence("next", Prefix.of(0));
  private final Table<Pair<byte[], String>, BigInteger> balances =
      schema.table("balances", Prefix.of(2), BALANCE, Values.decimal());
  private final Item<Params> params =
      schema.item("params", Prefix.of("par"), Values.proto(Params.getDefaultInstance()));
  private final KeySet<Long> open = schema.keySet("open", Prefix.of(3), Keys.u64(), 0);
  private final IndexedTable<Long, Coin> coins =
      schema.indexedTable(
          "coins", Prefix.of(4), Keys.u64(), Values.proto(Coin.getDefaultInstance()));
  private final KeySet<Pair<String, Long>> byDenom =
      schema.keySet("coins_by_denom", Prefix.of(5), BY_DENOM);
  private final Table<String, Long> byAmount =
      schema.table("coins_by_amount", Prefix.of(6), Keys.text(), Values.u64());

  SchemaTest() {
    coins.index(byDenom, (id, coin) -> Optional.of(Pair.of(coin.getDenom(), id)));
    coins.unique(byAmount, (id, coin) -> Optional.of(coin.getAmount()).filter(a -> !a.isEmpty()));
  }

  @AfterEach
  void everyIteratorIsClosed() {
    assertThat(store.open()).isZero();
  }

  @Test
  void keepsABalanceWhereTheBankDoes() {
    balances.set(store, Pair.of(ALICE, "stake"), BigInteger.TEN);

    assertThat(store.get(HexFormat.of().parseHex("0201017374616b65"))).asString().isEqualTo("10");
    assertThat(balances.find(store, Pair.of(ALICE, "stake"))).contains(BigInteger.TEN);
    assertThat(balances.getOr(store, Pair.of(BOB, "stake"), BigInteger.ZERO)).isZero();
    balances.remove(store, Pair.of(ALICE, "stake"));
    assertThat(balances.has(store, Pair.of(ALICE, "stake"))).isFalse();
  }

  @Test
  void givesEachNumberOnce() {
    assertThat(next.peek(store)).isZero();
    assertThat(next.next(store)).isZero();
    assertThat(next.next(store)).isEqualTo(1);
    next.set(store, 7);
    assertThat(next.next(store)).isEqualTo(7);
  }

  @Test
  void keepsAMessageWithoutBytesByItsAbsence() {
    params.set(store, Params.newBuilder().setDefaultSendEnabled(true).build());
    assertThat(params.find(store)).isPresent();

    params.set(store, Params.getDefaultInstance());
    assertThat(params.find(store)).isEmpty();
    assertThat(params.getOr(store, Params.getDefaultInstance())).isNotNull();
  }

  @Test
  void refusesARowWithoutBytes() {
    assertThatThrownBy(() -> coins.set(store, 3L, Coin.getDefaultInstance()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("coins \"3\" would have an empty value");
  }

  @Test
  void walksWhatARangeSays() {
    for (long id = 1; id <= 5; id++) {
      open.add(store, id);
    }
    assertThat(open.keys(store, Range.all(), 10)).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(open.keys(store, Range.all(), 2)).containsExactly(1L, 2L);
    assertThat(open.keys(store, Range.from(4L), 10)).containsExactly(4L, 5L);
    assertThat(open.keys(store, Range.before(3L), 10)).containsExactly(1L, 2L);
    assertThat(open.keys(store, Range.from(2L).to(5L).reversed(), 10)).containsExactly(4L, 3L, 2L);
    assertThat(open.firstKey(store, Range.from(2L), key -> key % 2 == 1)).contains(3L);
    assertThat(open.firstKey(store, Range.all(), key -> key > 5)).isEmpty();
    List<Long> seen = new ArrayList<>();
    open.walk(
        store,
        Range.<Long>all().reversed(),
        key -> {
          seen.add(key);
          return key > 4;
        });
    assertThat(seen).containsExactly(5L, 4L);
  }

  @Test
  void walksPairsByTheirFirstPart() {
    balances.set(store, Pair.of(ALICE, "a"), BigInteger.ONE);
    balances.set(store, Pair.of(ALICE, "b"), BigInteger.TWO);
    balances.set(store, Pair.of(BOB, "a"), BigInteger.TEN);

    assertThat(amounts(BALANCE.startingWith(ALICE))).containsExactly("1", "2");
    assertThat(amounts(BALANCE.startingWith(BOB))).containsExactly("10");
    assertThat(amounts(BALANCE.through(ALICE))).containsExactly("1", "2");
    assertThat(amounts(BALANCE.through(BOB).reversed())).containsExactly("10", "2", "1");
  }

  @Test
  void closesAWalkThatAVisitorLeaves() {
    open.add(store, 1L);

    assertThatThrownBy(
            () ->
                open.forEach(
                    store,
                    Range.all(),
                    key -> {
                      throw new IllegalArgumentException("enough");
                    }))
        .hasMessage("enough");
  }

  @Test
  void turnsPages() {
    balances.set(store, Pair.of(ALICE, "a"), BigInteger.ONE);
    balances.set(store, Pair.of(ALICE, "b"), BigInteger.TWO);
    balances.set(store, Pair.of(BOB, "a"), BigInteger.TEN);
    List<String> denoms = new ArrayList<>();

    PageResponse page =
        balances.page(
            store,
            BALANCE.startingWith(ALICE),
            PageRequest.newBuilder().setLimit(1).build(),
            (key, value) -> denoms.add(key.second()));
    balances.page(
        store,
        BALANCE.startingWith(ALICE),
        PageRequest.newBuilder().setKey(page.getNextKey()).build(),
        (key, value) -> denoms.add(key.second()));

    assertThat(page.getNextKey().toStringUtf8()).isEqualTo("b");
    assertThat(denoms).containsExactly("a", "b");
    assertThatThrownBy(
            () -> open.page(store, Range.from(1L), PageRequest.getDefaultInstance(), key -> {}))
        .hasMessageContaining("not of a range between keys");
  }

  @Test
  void keepsIndexesWithTheRows() {
    coins.set(store, 1L, coin("a", "1"));
    coins.set(store, 2L, coin("a", "2"));
    assertThat(byDenom.keys(store, BY_DENOM.startingWith("a"), 9))
        .containsExactly(Pair.of("a", 1L), Pair.of("a", 2L));
    assertThat(byAmount.find(store, "2")).contains(2L);

    coins.set(store, 2L, coin("b", ""));
    assertThat(byDenom.keys(store, Range.all(), 9))
        .containsExactly(Pair.of("a", 1L), Pair.of("b", 2L));
    assertThat(byAmount.has(store, "2")).isFalse();

    coins.remove(store, 1L);
    coins.remove(store, 2L);
    assertThat(byDenom.keys(store, Range.all(), 9)).isEmpty();
    assertThat(byAmount.keys(store, Range.all(), 9)).isEmpty();
    assertThat(coins.rows().keys(store, Range.all(), 9)).isEmpty();
  }

  @Test
  void keepsAnIndexThatFollowsFromTheKeyAlone() {
    Schema other = new Schema();
    IndexedTable<Pair<byte[], String>, BigInteger> held =
        other.indexedTable("held", Prefix.of(0), BALANCE, Values.decimal());
    PairKey<String, byte[]> holder = Keys.pair(Keys.terminatedText(), Keys.address());
    KeySet<Pair<String, byte[]>> holders = other.keySet("holders", Prefix.of(1), holder);
    held.index(holders, key -> Pair.of(key.second(), key.first()));

    held.set(store, Pair.of(ALICE, "a"), BigInteger.ONE);
    held.set(store, Pair.of(ALICE, "a"), BigInteger.TWO);
    held.set(store, Pair.of(BOB, "a"), BigInteger.TEN);
    assertThat(holders.keys(store, holder.startingWith("a"), 9))
        .extracting(Pair::second)
        .containsExactly(ALICE, BOB);

    held.remove(store, Pair.of(ALICE, "a"));
    held.remove(store, Pair.of(ALICE, "b"));
    assertThat(holders.keys(store, Range.all(), 9)).extracting(Pair::second).containsExactly(BOB);
  }

  /** So the gas that is used up to where it runs out does not change when an index is added. */
  @Test
  void writesARowBeforeItsIndexes() {
    List<String> writes = new ArrayList<>();
    KVStore recorded =
        (KVStore)
            Proxy.newProxyInstance(
                KVStore.class.getClassLoader(),
                new Class<?>[] {KVStore.class},
                (proxy, method, arguments) -> {
                  if (method.getReturnType() == void.class) {
                    writes.add(method.getName() + ((byte[]) arguments[0])[0]);
                  }
                  return method.invoke(store, arguments);
                });

    coins.set(recorded, 1L, coin("a", "1"));
    coins.remove(recorded, 1L);

    assertThat(writes).containsExactly("set4", "set5", "set6", "delete4", "delete5", "delete6");
  }

  @Test
  void fillsAnIndexThatANewVersionAdds() {
    Schema first = new Schema();
    Table<Long, BigInteger> rows =
        first.table("amounts", Prefix.of(0), Keys.u64(), Values.decimal());
    rows.set(store, 1L, BigInteger.TEN);
    rows.set(store, 2L, BigInteger.ONE);

    Schema second = new Schema();
    IndexedTable<Long, BigInteger> amounts =
        second.indexedTable("amounts", Prefix.of(0), Keys.u64(), Values.decimal());
    Table<String, Long> byAmount = second.table("by", Prefix.of(1), Keys.text(), Values.u64());
    amounts.unique(byAmount, (key, amount) -> Optional.of(amount.toString()));
    amounts.reindex(store);

    assertThat(byAmount.find(store, "10")).contains(1L);
    assertThat(byAmount.find(store, "1")).contains(2L);
  }

  @Test
  void refusesAnEntryOfAUniqueIndexThatIsTaken() {
    coins.set(store, 1L, coin("a", "1"));
    coins.set(store, 1L, coin("b", "1"));

    assertThatThrownBy(() -> coins.set(store, 2L, coin("a", "1")))
        .isInstanceOf(ModuleException.class)
        .hasMessageContaining("coins_by_amount has \"1\" already");
    assertThat(coins.rows().has(store, 2L)).isFalse();
    assertThat(byDenom.has(store, Pair.of("a", 2L))).isFalse();
  }

  @Test
  void putsAnEntryInWords() {
    assertThat(schema.describe(hex("0201017374616b65"), "10".getBytes(UTF_8)))
        .contains("balances [\"01\",\"stake\"] = \"10\"");
    assertThat(schema.describe(hex("030000000000000007"), new byte[1])).contains("open \"7\"");
    assertThat(schema.describe(hex("00"), hex("0000000000000009"))).contains("next = \"9\"");
    assertThat(schema.describe(hex("09"), new byte[1])).isEmpty();
  }

  @Test
  void startsFromTheGenesisThatItWrites() {
    next.set(store, 9);
    balances.set(store, Pair.of(ALICE, "st\"ake"), BigInteger.TEN);
    params.set(store, Params.newBuilder().setDefaultSendEnabled(true).build());
    open.add(store, 7L);
    coins.set(store, 1L, coin("a", "1"));
    String genesis = new String(schema.exportGenesis(store), UTF_8);

    assertThat(genesis)
        .isEqualTo(
            "{\"balances\":[{\"key\":[\"01\",\"st\\\"ake\"],\"value\":\"10\"}],"
                + "\"coins\":[{\"key\":\"1\",\"value\":{\"denom\":\"a\",\"amount\":\"1\"}}],"
                + "\"next\":\"9\",\"open\":[\"7\"],"
                + "\"params\":{\"send_enabled\":[],\"default_send_enabled\":true}}");
    SortedStore other = new SortedStore();
    schema.importGenesis(other, genesis.getBytes(UTF_8));
    assertThat(new String(schema.exportGenesis(other), UTF_8)).isEqualTo(genesis);
    assertThat(byDenom.keys(other, Range.all(), 9)).containsExactly(Pair.of("a", 1L));
    assertThat(byAmount.find(other, "1")).contains(1L);
  }

  @Test
  void exportsAndImportsNothing() {
    String genesis = new String(schema.exportGenesis(store), UTF_8);

    assertThat(genesis)
        .isEqualTo("{\"balances\":[],\"coins\":[],\"next\":null,\"open\":[],\"params\":null}");
    schema.importGenesis(store, genesis.getBytes(UTF_8));
    schema.importGenesis(store, "{}".getBytes(UTF_8));
    assertThat(new String(schema.exportGenesis(store), UTF_8)).isEqualTo(genesis);
  }

  @Test
  void refusesAGenesisThatIsNone() {
    refused("{\"other\":[]}", "member \"other\" is unknown");
    refused("{\"coins_by_denom\":[]}", "member \"coins_by_denom\" is unknown");
    refused("{\"open\":[\"x\"]}", "open: ");
    refused(
        "{\"balances\":[{\"key\":[\"01\",\"a\"]}]}", "balances: an entry has the members [key]");
    refused(
        "{\"balances\":[{\"key\":[\"01\",\"a\"],\"value\":\"1\"},"
            + "{\"key\":[\"01\",\"a\"],\"value\":\"2\"}]}",
        "balances: key [\"01\",\"a\"] stands twice; keep one");
    refused("[]", "genesis: ");
  }

  @Test
  void refusesCollectionsThatCouldBeTakenForEachOther() {
    assertThatThrownBy(() -> schema.sequence("more", Prefix.of(2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the prefixes of balances and more overlap, 02 and 02: give one of them another"
                + " prefix");
    assertThatThrownBy(() -> schema.sequence("more", Prefix.of("parameters")))
        .hasMessageContaining("the prefixes of params and more overlap");
    assertThatThrownBy(() -> schema.sequence("next", Prefix.of(77)))
        .hasMessage("two collections are named next: rename one");
    assertThatThrownBy(() -> Prefix.of(256)).hasMessageContaining("it must be from 0 to 255");
    assertThatThrownBy(() -> Prefix.of("")).hasMessageContaining("a prefix is empty");
  }

  private List<String> amounts(Range<Pair<byte[], String>> range) {
    List<String> amounts = new ArrayList<>();
    balances.forEach(store, range, (key, value) -> amounts.add(value.toString()));
    return amounts;
  }

  private void refused(String genesis, String reason) {
    assertThatThrownBy(() -> schema.importGenesis(new SortedStore(), genesis.getBytes(UTF_8)))
        .isInstanceOf(ModuleException.class)
        .hasMessageContaining(reason);
  }

  private static Coin coin(String denom, String amount) {
    return Coin.newBuilder().setDenom(denom).setAmount(amount).build();
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }
}
