package io.segue.itests;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * The network between the CometBFTs of a {@link Testnet}: each reaches each other one through a
 * link that can be slow, silent, or cut. It takes no rights that a user lacks.
 *
 * <p>Thread safety: one thread calls; two threads of each connection pass its bytes on.
 */
final class PeerLinks implements AutoCloseable {
  /** Port at which the link from a validator to the first listens, on the validator's address. */
  private static final int FIRST_PORT = 26_700;

  private static final int CHUNK_BYTES = 64 * 1024;
  private static final long LOOK_NS = 10_000_000;

  private final List<Link> links = new ArrayList<>();

  /** What a link does with bytes. */
  private enum Mode {
    /** It passes them on. */
    OPEN,
    /** It keeps them, as a network that loses packets: they arrive late. */
    SILENT,
    /** It has no connections, and takes none. */
    CUT
  }

  /** Puts the links between the nodes of a network that is not yet started. */
  static PeerLinks between(Testnet net) {
    PeerLinks links = new PeerLinks();
    try {
      for (int from = 0; from < net.nodes().size(); from++) {
        Path config = net.node(from).home().resolve("config/config.toml");
        String text = Files.readString(config);
        for (int to = 0; to < net.nodes().size(); to++) {
          if (to != from) {
            String peer = "@" + host(net, to) + ":" + Testnet.P2P_PORT;
            text = text.replace(peer, "@" + host(net, from) + ":" + (FIRST_PORT + to));
            links.links.add(new Link(from, to, host(net, from), host(net, to)));
          }
        }
        // Peers must not tell each other of ways around the links.
        Files.writeString(config, text.replace("[p2p]\n", "[p2p]\npex = false\n"));
      }
      return links;
    } catch (IOException e) {
      links.close();
      throw new UncheckedIOException(e);
    }
  }

  private static String host(Testnet net, int node) {
    return URI.create(net.node(node).url()).getHost();
  }

  /** Cuts some validators off from the others: those hear that connections end. */
  void cut(Set<Integer> validators) {
    set(link -> link.crosses(validators), Mode.CUT);
  }

  /** Cuts some validators off from the others: nobody hears of it. */
  void silence(Set<Integer> validators) {
    set(link -> link.crosses(validators), Mode.SILENT);
  }

  /** Has bytes take so long to each other validator. */
  void delay(long ms) {
    links.forEach(link -> link.delayNs = TimeUnit.MILLISECONDS.toNanos(ms));
  }

  /** All is well again. */
  void heal() {
    delay(0);
    set(link -> true, Mode.OPEN);
  }

  private void set(Predicate<Link> which, Mode mode) {
    links.stream().filter(which).forEach(link -> link.set(mode));
  }

  @Override
  public void close() {
    links.forEach(Link::close);
  }

  /** From one validator to another. */
  private static final class Link {
    private final int from;
    private final int to;
    private final String target;
    private final ServerSocket server;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile Mode mode = Mode.OPEN;
    private volatile long delayNs;

    Link(int from, int to, String source, String target) throws IOException {
      this.from = from;
      this.to = to;
      this.target = target;
      this.server = new ServerSocket(FIRST_PORT + to, 10, InetAddress.getByName(source));
      start(this::accept);
    }

    boolean crosses(Set<Integer> validators) {
      return validators.contains(from) != validators.contains(to);
    }

    void set(Mode next) {
      mode = next;
      if (next == Mode.CUT) {
        sockets.forEach(Link::end);
      }
    }

    void close() {
      end(server);
      sockets.forEach(Link::end);
    }

    private void accept() {
      while (!server.isClosed()) {
        try {
          Socket in = server.accept();
          if (mode == Mode.CUT) {
            in.close();
          } else {
            join(in);
          }
        } catch (IOException e) {
          // The target is not there; or the link is closed.
        }
      }
    }

    private void join(Socket in) throws IOException {
      sockets.add(in);
      try {
        Socket out = new Socket(target, Testnet.P2P_PORT);
        sockets.add(out);
        start(() -> pump(in, out));
        start(() -> pump(out, in));
      } catch (IOException e) {
        end(in);
        throw e;
      }
    }

    private void pump(Socket in, Socket out) {
      byte[] chunk = new byte[CHUNK_BYTES];
      try {
        InputStream source = in.getInputStream();
        OutputStream sink = out.getOutputStream();
        for (int n = source.read(chunk); n >= 0; n = source.read(chunk)) {
          await();
          sink.write(chunk, 0, n);
        }
      } catch (IOException e) {
        // One end is gone, and so the other goes.
      } finally {
        end(in);
        end(out);
        sockets.remove(in);
        sockets.remove(out);
      }
    }

    private void await() {
      long dueNs = System.nanoTime() + delayNs;
      while (mode == Mode.SILENT || System.nanoTime() < dueNs) {
        LockSupport.parkNanos(LOOK_NS);
      }
    }

    private static void start(Runnable work) {
      Thread thread = new Thread(work, "link");
      thread.setDaemon(true);
      thread.start();
    }

    private static void end(AutoCloseable socket) {
      try {
        socket.close();
      } catch (Exception e) {
        // It is of no use any more.
      }
    }
  }
}
