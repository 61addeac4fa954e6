package io.segue.bundles.http;

import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The clients that are connected, up to a limit. One thread looks after all of them a few times a
 * second. Thread safe.
 */
final class Peers {
  /** What {@link Peer#yieldsFromNs} answers where the node works for it. */
  static final long BUSY = Long.MAX_VALUE;

  /** So long a client may take to send a request, or to take an answer, whoever else waits. */
  static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(1);

  /** So many of those beyond the limit are told why; of more the connection is closed at once. */
  private static final int MAX_TURNED_AWAY = 100;

  private final int limit;
  private final Set<Peer> peers = ConcurrentHashMap.newKeySet();
  private final Set<Peer> turnedAway = ConcurrentHashMap.newKeySet();

  /** One connection. Any thread may call it, and none waits. */
  interface Peer {
    /** Ends what takes too long, and does what is due. */
    void check(long nowNs);

    /**
     * From when on it may be closed for another: idle at once, with a request or an answer under
     * way after {@link #PATIENCE_NS}; or {@link #BUSY}.
     */
    long yieldsFromNs();

    /** Closes the connection, unless the node works for it by now. */
    void giveWay();

    /** Takes leave of the client and closes the connection. */
    void leave();
  }

  Peers(int limit) {
    this.limit = limit;
  }

  /**
   * Adds a peer, if need be in the place of the one that the node has been waiting for longest.
   *
   * @return false where each is worked for, or has not been waited for long enough
   */
  synchronized boolean admit(Peer peer, long nowNs) {
    if (peers.size() >= limit && !makeRoom(nowNs)) {
      return false;
    }
    return peers.add(peer);
  }

  /**
   * Adds a peer that is to be told that there is no room.
   *
   * @return false where too many are being told
   */
  synchronized boolean turnAway(Peer peer) {
    return turnedAway.size() < MAX_TURNED_AWAY && turnedAway.add(peer);
  }

  /** A connection goes on as another kind of peer. */
  synchronized void replace(Peer old, Peer by) {
    if (peers.remove(old)) {
      peers.add(by);
    }
  }

  synchronized void remove(Peer peer) {
    peers.remove(peer);
    turnedAway.remove(peer);
    notifyAll();
  }

  void check(long nowNs) {
    peers.forEach(peer -> peer.check(nowNs));
    turnedAway.forEach(peer -> peer.check(nowNs));
  }

  /** Takes leave of all of them, and waits until they are gone, so long at most. */
  synchronized void leave(long timeoutMs) {
    peers.forEach(Peer::leave);
    long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
    try {
      for (long ms = timeoutMs; ms > 0 && !peers.isEmpty(); ms = msUntil(endNs)) {
        wait(ms);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  int size() {
    return peers.size();
  }

  /** When the patience with what begins now ends. */
  static long afterPatience() {
    return System.nanoTime() + PATIENCE_NS;
  }

  private static long msUntil(long ns) {
    return TimeUnit.NANOSECONDS.toMillis(ns - System.nanoTime());
  }

  private boolean makeRoom(long nowNs) {
    Optional<Peer> slowest =
        peers.stream()
            .filter(peer -> peer.yieldsFromNs() != BUSY && peer.yieldsFromNs() - nowNs <= 0)
            .min(Comparator.comparingLong(Peer::yieldsFromNs));
    slowest.ifPresent(
        peer -> {
          peers.remove(peer);
          peer.giveWay();
        });
    return slowest.isPresent();
  }
}
