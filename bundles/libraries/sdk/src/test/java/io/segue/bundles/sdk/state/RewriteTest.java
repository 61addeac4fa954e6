package io.segue.bundles.sdk.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.kernel.api.upgrade.StoreLoad;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class RewriteTest {
  private static final HexFormat HEX = HexFormat.of();

  private final Schema before = new Schema();
  private final Table<Pair<byte[], String>, byte[]> byOwner =
      before.table(
          "by_owner", Prefix.of(2), Keys.pair(Keys.address(), Keys.text()), Values.bytes());
  private final KeySet<Long> open = before.keySet("open", Prefix.of(3), Keys.u64());

  private final Schema after = new Schema();
  private final IndexedTable<Pair<String, byte[]>, byte[]> byDenom =
      after.indexedTable(
          "by_denom", Prefix.of(6), Keys.pair(Keys.shortText(), Keys.bytes()), Values.bytes());
  private final KeySet<Pair<byte[], String>> owned =
      after.keySet("owned", Prefix.of(7), Keys.pair(Keys.address(), Keys.text()), 0);
  private final Table<Long, String> states =
      after.table("states", Prefix.of(8), Keys.u64(), Values.text());

  private final Rewrite rewrite =
      new Rewrite()
          .each(
              byOwner,
              (key, amount, out) -> byDenom.set(out, Pair.of(key.second(), key.first()), amount))
          .added(byDenom);

  RewriteTest() {
    byDenom.index(owned, key -> Pair.of(key.second(), key.first()));
  }

  @Test
  void writesTypedEntriesWithTheirIndexes() {
    assertThat(run("0202aaaa61", "37")).containsExactly("060161aaaa 37", "0702aaaa61 00");
  }

  @Test
  void keepsWhatNobodySpeaksOf() {
    assertThat(run("0900", "37")).containsExactly("0900 37");
    assertThat(run("030000000000000001", "01")).containsExactly("030000000000000001 01");
  }

  @Test
  void turnsKeysOfASetIntoOtherEntries() {
    rewrite.each(open, (id, out) -> states.set(out, id, "open"));

    assertThat(run("030000000000000001", "01"))
        .containsExactly(
            "080000000000000001 " + HEX.formatHex("open".getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void dropsACollection() {
    rewrite.drop(open);

    assertThat(run("030000000000000001", "01")).isEmpty();
  }

  @Test
  void refusesAnEntryOfTheNewLayoutAndOneThatIsDamaged() {
    assertThatThrownBy(() -> run("060161aaaa", "37"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("key 060161aaaa of store bank: is of by_denom, which is new");
    assertThatThrownBy(() -> run("0205aa", "37"))
        .hasMessage("key 0205aa of store bank: a stored key does not end where it should: 0205aa");
  }

  @Test
  void seesOneEntry() {
    rewrite.each(open, (id, out) -> assertThat(open.has(out, id)).isFalse());
    assertThat(run("030000000000000001", "01")).isEmpty();

    assertThatThrownBy(
            () ->
                run(
                    new Rewrite().each(open, (id, out) -> open.remove(out, id)),
                    "030000000000000001",
                    "01"))
        .hasMessage("a rewrite only writes: leave out what is to go");
    assertThatThrownBy(
            () ->
                run(
                    new Rewrite().each(open, (id, out) -> open.keys(out, Range.all(), 1)),
                    "030000000000000001",
                    "01"))
        .hasMessageContaining("a rewrite sees one entry");
  }

  @Test
  void refusesToSayTwiceWhatBecomesOfAPrefix() {
    assertThatThrownBy(() -> rewrite.drop(byOwner))
        .hasMessageContaining("the prefixes of by_owner and by_owner overlap");
  }

  private List<String> run(String key, String value) {
    return run(rewrite, key, value);
  }

  private static List<String> run(Rewrite rewrite, String key, String value) {
    List<String> pairs = new ArrayList<>();
    StoreLoad.Rewrite load = rewrite.of("bank");
    assertThat(load.store()).isEqualTo("bank");
    load.rewriter()
        .rewrite(
            HEX.parseHex(key),
            HEX.parseHex(value),
            (newKey, newValue) -> pairs.add(HEX.formatHex(newKey) + " " + HEX.formatHex(newValue)));
    return pairs;
  }
}
