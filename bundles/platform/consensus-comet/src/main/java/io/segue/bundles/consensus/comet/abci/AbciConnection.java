package io.segue.bundles.consensus.comet.abci;

import io.segue.bundles.consensus.comet.proto.Request;
import io.segue.bundles.consensus.comet.proto.Response;
import io.segue.bundles.shell.socket.ChannelSocket;
import io.segue.kernel.api.guard.GuardedThread;
import io.segue.kernel.api.node.FailureText;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of an engine. One thread reads requests and has them answered, another writes the
 * answers in the order of the requests: so a block that takes long, or is held, is no reason not to
 * see that the engine is gone.
 */
final class AbciConnection {
  /** Requests that wait for their answers to be written; beyond that no more is read. */
  static final int MAX_UNANSWERED = 256;

  private static final int BUFFER_BYTES = 1 << 16;
  private static final Logger log = LoggerFactory.getLogger(AbciConnection.class);

  private final ChannelSocket socket;
  private volatile boolean ended;
  private final int maxMessageBytes;
  private final AbciCalls calls;
  private final Consumer<AbciConnection> closed;
  private final BlockingQueue<Future<Response>> answers = new ArrayBlockingQueue<>(MAX_UNANSWERED);
  private final Thread reader;
  private final Thread writer;

  /**
   * A connection that is not served yet.
   *
   * @param calls answers this connection's requests
   * @param closed called once, when it ended
   */
  AbciConnection(
      SocketChannel channel,
      int number,
      int maxMessageBytes,
      AbciCalls calls,
      Consumer<AbciConnection> closed) {
    this.socket = new ChannelSocket(channel);
    this.maxMessageBytes = maxMessageBytes;
    this.calls = calls;
    this.closed = closed;
    this.reader = new GuardedThread(this::read, "segue-abci-" + number);
    this.writer = new Thread(this::write, "segue-abci-" + number + "-answers");
    reader.setDaemon(true);
    writer.setDaemon(true);
  }

  void start() {
    reader.start();
    writer.start();
  }

  /** Ends it; what was not answered never is. */
  void close() {
    ended = true;
    try {
      socket.close();
    } catch (IOException e) {
      log.debug("{}: {}", reader.getName(), FailureText.of(e));
    }
    writer.interrupt();
  }

  private void read() {
    try (InputStream in = new BufferedInputStream(socket.input(), BUFFER_BYTES)) {
      for (Request request = Frames.read(in, maxMessageBytes);
          request != null;
          request = Frames.read(in, maxMessageBytes)) {
        answers.put(answer(request).toCompletableFuture());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      if (!ended) {
        log.warn("{} is closed: {}", reader.getName(), FailureText.of(e));
      }
    } finally {
      close();
      calls.close();
      closed.accept(this);
    }
  }

  /** Never fails: an exception is an answer, too. */
  private CompletionStage<Response> answer(Request request) {
    CompletionStage<Response> answer;
    try {
      answer = calls.answer(request);
    } catch (RuntimeException e) {
      answer = CompletableFuture.failedFuture(e);
    }
    return answer.exceptionally(e -> exception(request, e));
  }

  private Response exception(Request request, Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    log.error("{} failed, and CometBFT ends: {}", request.getValueCase(), FailureText.of(cause));
    return Responses.exception(FailureText.of(cause));
  }

  private void write() {
    try (OutputStream out = new BufferedOutputStream(socket.output(), BUFFER_BYTES)) {
      while (true) {
        Response response = answers.take().get();
        Frames.write(out, response);
        if (response.hasFlush() || answers.isEmpty()) {
          out.flush();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | ExecutionException e) {
      if (!ended) {
        log.warn("{}: {}", writer.getName(), FailureText.of(e));
      }
    } finally {
      close();
    }
  }
}
