package io.segue.kernel.core.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeyTableTest {
  @Test
  void findsEveryKeyAgainHoweverLongAndHoweverMany() {
    KeyTable table = new KeyTable();
    Set<Entry> entries = new HashSet<>();
    for (int i = 0; i < 5000; i++) {
      entries.add(table.at(key(i)));
    }
    assertThat(entries).hasSize(5000);
    assertThat(table.size()).isEqualTo(5000);
    for (int i = 0; i < 5000; i++) {
      assertThat(table.at(key(i)).key).isEqualTo(key(i));
    }
    assertThat(table.size()).isEqualTo(5000);
    assertThat(table.allMatch(entries::contains)).isTrue();
  }

  @Test
  void tellsKeysApartThatDifferOnlyInLeadingZeros() {
    KeyTable table = new KeyTable();
    Set<Entry> entries = new HashSet<>();
    for (int length = 0; length < 40; length++) {
      entries.add(table.at(new byte[length]));
    }
    assertThat(entries).hasSize(40);
  }

  private static byte[] key(int number) {
    byte[] key = new byte[1 + number % 33];
    for (int i = 0; i < key.length; i++) {
      key[i] = (byte) (number >>> 8 * (i % 4));
    }
    key[0] = (byte) (number % 251);
    byte[] unique = java.util.Arrays.copyOf(key, key.length + 4);
    java.nio.ByteBuffer.wrap(unique).putInt(key.length, number);
    return unique;
  }
}
