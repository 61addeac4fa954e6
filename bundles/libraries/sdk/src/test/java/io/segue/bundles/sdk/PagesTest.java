package io.segue.bundles.sdk;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.segue.bundles.sdk.proto.base.PageRequest;
import io.segue.bundles.sdk.proto.base.PageResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PagesTest {
  private final SortedStore store = new SortedStore();
  private final List<String> taken = new ArrayList<>();

  @BeforeEach
  void fill() {
    for (String key : new String[] {"a9", "b1", "b2", "b3", "b4", "b5", "c0"}) {
      store.set(bytes(key), bytes("value of " + key));
    }
  }

  @Test
  void givesEverythingWithItsNumberWhereNothingIsAskedFor() {
    PageResponse page = page(PageRequest.getDefaultInstance());
    assertThat(taken).containsExactly("1", "2", "3", "4", "5");
    assertThat(page.getTotal()).isEqualTo(5);
    assertThat(page.getNextKey().isEmpty()).isTrue();
  }

  @Test
  void goesOnFromTheNextKey() {
    PageResponse page = page(PageRequest.newBuilder().setLimit(2).build());
    assertThat(taken).containsExactly("1", "2");
    assertThat(page.getNextKey().toStringUtf8()).isEqualTo("3");
    assertThat(page.getTotal()).isZero();
    page = page(PageRequest.newBuilder().setLimit(3).setKey(page.getNextKey()).build());
    assertThat(taken).containsExactly("3", "4", "5");
    assertThat(page.getNextKey().isEmpty()).isTrue();
  }

  @Test
  void skipsAnOffsetAndCountsIfAsked() {
    PageResponse page =
        page(PageRequest.newBuilder().setOffset(1).setLimit(2).setCountTotal(true).build());
    assertThat(taken).containsExactly("2", "3");
    assertThat(page.getNextKey().toStringUtf8()).isEqualTo("4");
    assertThat(page.getTotal()).isEqualTo(5);
    page(PageRequest.newBuilder().setOffset(-1).setLimit(2).build());
    assertThat(taken).isEmpty();
  }

  @Test
  void turnsBackwards() {
    PageResponse page = page(PageRequest.newBuilder().setLimit(2).setReverse(true).build());
    assertThat(taken).containsExactly("5", "4");
    assertThat(page.getNextKey().toStringUtf8()).isEqualTo("3");
    page(PageRequest.newBuilder().setReverse(true).setKey(page.getNextKey()).build());
    assertThat(taken).containsExactly("3", "2", "1");
  }

  @Test
  void refusesKeyAndOffsetTogether() {
    PageRequest both =
        PageRequest.newBuilder().setKey(ByteString.copyFromUtf8("1")).setOffset(1).build();
    assertThatThrownBy(() -> page(both))
        .hasMessage("invalid request, either offset or key is expected, got both");
  }

  @Test
  void countsOnlyWhatMatches() {
    PageRequest request = PageRequest.newBuilder().setLimit(2).build();
    PageResponse page = odd(request);
    assertThat(taken).containsExactly("1", "3");
    assertThat(page.getNextKey().toStringUtf8()).isEqualTo("5");
    page = odd(PageRequest.newBuilder().setOffset(1).setCountTotal(true).setLimit(2).build());
    assertThat(taken).containsExactly("3", "5");
    assertThat(page.getNextKey().isEmpty()).isTrue();
    assertThat(page.getTotal()).isEqualTo(3);
  }

  @Test
  void givesNoMoreThanTheLargestPage() {
    for (int i = 0; i < Pages.MAX_LIMIT + 1; i++) {
      store.set(bytes("d%05d".formatted(i)), bytes("x"));
    }
    taken.clear();
    PageRequest request = PageRequest.newBuilder().setLimit(-1).build();
    PageResponse page = Pages.of(store, bytes("d"), request, (key, value) -> taken.add("entry"));
    assertThat(taken).hasSize((int) Pages.MAX_LIMIT);
    assertThat(page.getNextKey().isEmpty()).isFalse();
  }

  private PageResponse page(PageRequest request) {
    taken.clear();
    return Pages.of(
        store, bytes("b"), request, (key, value) -> taken.add(new String(key, US_ASCII)));
  }

  private PageResponse odd(PageRequest request) {
    taken.clear();
    return Pages.filtered(
        store,
        bytes("b"),
        request,
        (key, value, onPage) -> {
          boolean odd = (key[0] & 1) == 1;
          if (odd && onPage) {
            taken.add(new String(key, US_ASCII));
          }
          return odd;
        });
  }

  private static byte[] bytes(String text) {
    return text.getBytes(US_ASCII);
  }
}
