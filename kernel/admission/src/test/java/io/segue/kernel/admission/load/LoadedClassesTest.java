package io.segue.kernel.admission.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LoadedClassesTest {
  private final LoadedClasses classes = new LoadedClasses();
  private final AtomicInteger made = new AtomicInteger();

  @Test
  void aClassOfEqualBytesIsMadeOnceForANumber() {
    byte[] first = make(1, new byte[] {1, 2});

    assertThat(make(1, new byte[] {1, 2})).isSameAs(first);
    assertThat(make(2, new byte[] {1, 2})).isNotSameAs(first);
    assertThat(make(1, new byte[] {1, 3})).isNotSameAs(first);
    assertThat(made).hasValue(3);
  }

  @Test
  void theOnesThatWereAskedForLongestAgoGoFirst() {
    byte[] first = make(1, new byte[] {1});
    byte[] second = make(1, new byte[] {2});
    make(1, new byte[] {1});
    int room = LoadedClasses.MAX_BYTES - classes.bytes();
    make(1, new byte[room / 2]);
    assertThat(classes.bytes()).isLessThanOrEqualTo(LoadedClasses.MAX_BYTES);
    assertThat(make(1, new byte[] {1})).isSameAs(first);
    make(1, new byte[] {3});

    assertThat(make(1, new byte[] {2})).isNotSameAs(second);
    assertThat(make(1, new byte[] {1})).isSameAs(first);
    assertThat(classes.bytes()).isLessThanOrEqualTo(LoadedClasses.MAX_BYTES);
  }

  @Test
  void whatIsLargerThanAllIsNotKept() {
    byte[] large = new byte[LoadedClasses.MAX_BYTES + 1];

    assertThat(make(1, large)).hasSameSizeAs(large);
    assertThat(classes.bytes()).isZero();
  }

  @Test
  void whatCannotBeMadeIsTriedAgain() {
    assertThatThrownBy(
            () ->
                classes.of(
                    1,
                    new byte[1],
                    admitted -> {
                      throw new IllegalStateException("no form");
                    }))
        .hasMessage("no form");
    make(1, new byte[1]);
    assertThat(made).hasValue(1);
  }

  private byte[] make(long rules, byte[] admitted) {
    return classes.of(
        rules,
        admitted,
        bytes -> {
          made.incrementAndGet();
          return bytes.clone();
        });
  }
}
