package io.segue.bundles.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Who makes room for whom, by the times at which connections may be closed for others. */
class PeersTest {
  private final Set<String> closed = new TreeSet<>();

  @Test
  void theOneThatIsWaitedForLongestMakesRoom() {
    Peers peers = full(List.of(30L, 10L, Peers.BUSY));
    assertThat(peers.admit(peer("new", 100), 20)).isTrue();
    assertThat(closed).containsExactly("1");
    assertThat(peers.size()).isEqualTo(3);
  }

  @Test
  void nobodyMakesRoomBeforeItsTime() {
    Peers peers = full(List.of(30L, 21L, Peers.BUSY));
    assertThat(peers.admit(peer("new", 100), 20)).isFalse();
    assertThat(closed).isEmpty();
    assertThat(peers.admit(peer("new", 100), 21)).isTrue();
    assertThat(closed).containsExactly("1");
  }

  private Peers full(List<Long> times) {
    Peers peers = new Peers(times.size());
    for (int i = 0; i < times.size(); i++) {
      assertThat(peers.admit(peer("" + i, times.get(i)), 0)).isTrue();
    }
    return peers;
  }

  private Peers.Peer peer(String name, long yieldsFromNs) {
    return new Peers.Peer() {
      @Override
      public void check(long nowNs) {
        throw new UnsupportedOperationException();
      }

      @Override
      public long yieldsFromNs() {
        return yieldsFromNs;
      }

      @Override
      public void giveWay() {
        closed.add(name);
      }

      @Override
      public void leave() {
        throw new UnsupportedOperationException();
      }
    };
  }
}
