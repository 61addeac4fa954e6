package io.segue.bundles.consensus.comet.abci;

import io.segue.kernel.api.abci.Application;
import io.segue.kernel.api.node.FailureText;
import io.segue.kernel.api.node.RepeatedWork;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves an application to CometBFT, which opens four connections and asks on all of them at once:
 * queries, snapshots, CheckTx, blocks. None waits for another.
 *
 * <p>Whoever reaches the address can drive the chain of this node: it is on the loopback, or a
 * socket in a folder of the node's user.
 */
public final class AbciServer implements AutoCloseable {
  /** Connections at a time: CometBFT's four, and as many of one that just ended, and tools. */
  public static final int MAX_CONNECTIONS = 16;

  /** Pause after a connection that could not be taken: the machine may lack file handles. */
  private static final long ACCEPT_AGAIN_NS = 100_000_000;

  private static final Logger log = LoggerFactory.getLogger(AbciServer.class);

  private final ListenAddress address;
  private final ServerSocketChannel listening;
  private final Application application;
  private final int maxMessageBytes;
  private final EngineSeat seat = new EngineSeat();
  private final Set<AbciConnection> connections = ConcurrentHashMap.newKeySet();

  private AbciServer(
      ListenAddress address,
      ServerSocketChannel listening,
      Application application,
      int maxMessageBytes) {
    this.address = address;
    this.listening = listening;
    this.application = application;
    this.maxMessageBytes = maxMessageBytes;
  }

  /**
   * Serves from now on.
   *
   * @param maxMessageBytes longest message that is read
   * @throws IOException where the address is taken or can't be used
   */
  public static AbciServer open(ListenAddress address, Application application, int maxMessageBytes)
      throws IOException {
    AbciServer server = new AbciServer(address, address.listen(), application, maxMessageBytes);
    Thread acceptor = new Thread(server::accept, "segue-abci-accept");
    acceptor.setDaemon(true);
    acceptor.start();
    return server;
  }

  /** Where it listens; the port that was given where 0 was asked for. */
  public SocketAddress address() throws IOException {
    return listening.getLocalAddress();
  }

  /** Whether an engine drives blocks now. */
  public boolean isDriven() {
    return seat.taken();
  }

  /** Whether anybody is connected, an engine or a tool. */
  public boolean isConnected() {
    return !connections.isEmpty();
  }

  @Override
  public void close() {
    try {
      listening.close();
      address.remove();
    } catch (IOException e) {
      log.warn("the ABCI socket is left behind: {}", FailureText.of(e));
    }
    connections.forEach(AbciConnection::close);
  }

  private void accept() {
    for (int i = 1; listening.isOpen(); i++) {
      int number = i;
      int done = RepeatedWork.turn(() -> accept(number), this::failed);
      if (done == RepeatedWork.FAILED && listening.isOpen()) {
        LockSupport.parkNanos(ACCEPT_AGAIN_NS);
      }
    }
  }

  private int accept(int number) {
    try {
      serve(listening.accept(), number);
      return 1;
    } catch (IOException e) {
      throw new UncheckedIOException(FailureText.of(e), e);
    }
  }

  private void failed(Throwable e) {
    if (listening.isOpen()) {
      log.warn("a connection to the ABCI socket failed: {}", FailureText.of(e));
    }
  }

  private void serve(SocketChannel channel, int number) throws IOException {
    if (connections.size() >= MAX_CONNECTIONS) {
      log.warn("a connection to the ABCI socket is closed: {} are open", MAX_CONNECTIONS);
      channel.close();
      return;
    }
    AbciConnection connection =
        new AbciConnection(
            channel,
            number,
            maxMessageBytes,
            new AbciCalls(application, seat),
            connections::remove);
    connections.add(connection);
    connection.start();
    if (!listening.isOpen()) {
      connection.close();
    }
  }
}
