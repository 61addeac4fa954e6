package io.segue.bundles.consensus.comet.abci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.segue.bundles.consensus.comet.proto.Request;
import io.segue.bundles.consensus.comet.proto.RequestApplySnapshotChunk;
import io.segue.bundles.consensus.comet.proto.RequestCheckTx;
import io.segue.bundles.consensus.comet.proto.RequestCommit;
import io.segue.bundles.consensus.comet.proto.RequestEcho;
import io.segue.bundles.consensus.comet.proto.RequestFinalizeBlock;
import io.segue.bundles.consensus.comet.proto.RequestFlush;
import io.segue.bundles.consensus.comet.proto.RequestInfo;
import io.segue.bundles.consensus.comet.proto.RequestListSnapshots;
import io.segue.bundles.consensus.comet.proto.RequestLoadSnapshotChunk;
import io.segue.bundles.consensus.comet.proto.RequestOfferSnapshot;
import io.segue.bundles.consensus.comet.proto.RequestQuery;
import io.segue.bundles.consensus.comet.proto.Response;
import io.segue.bundles.consensus.comet.proto.ResponseApplySnapshotChunk;
import io.segue.bundles.consensus.comet.proto.Snapshot;
import io.segue.bundles.shell.socket.ChannelSocket;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The server, over real sockets. */
@Timeout(30)
class AbciServerTest {
  private static final int MAX_BYTES = 1 << 16;

  private static final Request INFO =
      Request.newBuilder().setInfo(RequestInfo.getDefaultInstance()).build();
  private static final Request FLUSH =
      Request.newBuilder().setFlush(RequestFlush.getDefaultInstance()).build();
  private static final Request BLOCK =
      Request.newBuilder().setFinalizeBlock(RequestFinalizeBlock.newBuilder().setHeight(8)).build();

  @TempDir Path folder;

  private final StubApplication application = new StubApplication();
  private AbciServer server;

  /** One connection of an engine. */
  private static final class Client implements AutoCloseable {
    private final ChannelSocket socket;
    private final InputStream in;

    Client(ChannelSocket socket) {
      this.socket = socket;
      this.in = new BufferedInputStream(socket.input());
    }

    Client send(Request... requests) throws IOException {
      for (Request request : requests) {
        request.writeDelimitedTo(socket.output());
      }
      return this;
    }

    Response next() throws IOException {
      return Response.parseDelimitedFrom(in);
    }

    /** Whether the server ends the connection rather than to answer. */
    boolean isEnded() throws IOException {
      try {
        return in.read() < 0;
      } catch (SocketException reset) {
        return true;
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  @BeforeEach
  void open() throws IOException {
    server = AbciServer.open(ListenAddress.parse("tcp://127.0.0.1:0"), application, MAX_BYTES);
  }

  @AfterEach
  void close() {
    server.close();
  }

  private Client connect() throws IOException {
    return new Client(new ChannelSocket(SocketChannel.open((InetSocketAddress) server.address())));
  }

  @Test
  void answersInTheOrderOfTheRequests() throws IOException {
    try (Client client = connect()) {
      client.send(FLUSH, INFO, FLUSH, echo("a"), query("b"));
      assertThat(client.next().hasFlush()).isTrue();
      assertThat(client.next().getInfo().getLastBlockHeight()).isEqualTo(7);
      assertThat(client.next().hasFlush()).isTrue();
      assertThat(client.next().getEcho().getMessage()).isEqualTo("a");
      assertThat(client.next().getQuery().getValue().toStringUtf8()).isEqualTo("b");
    }
  }

  @Test
  void snapshotsCrossTheWireBothWays() throws IOException {
    try (Client client = connect()) {
      client.send(
          Request.newBuilder().setListSnapshots(RequestListSnapshots.getDefaultInstance()).build());
      Snapshot listed = client.next().getListSnapshots().getSnapshots(0);
      assertThat(listed.getMetadata().size()).isEqualTo(104);
      RequestOfferSnapshot offer =
          RequestOfferSnapshot.newBuilder()
              .setSnapshot(listed)
              .setAppHash(ByteString.copyFrom(new byte[32]))
              .build();
      RequestOfferSnapshot other =
          offer.toBuilder().setSnapshot(listed.toBuilder().setFormat(2)).build();
      client.send(
          Request.newBuilder().setOfferSnapshot(offer).build(),
          Request.newBuilder().setOfferSnapshot(other).build(),
          Request.newBuilder()
              .setLoadSnapshotChunk(
                  RequestLoadSnapshotChunk.newBuilder().setHeight(7).setFormat(1).setChunk(2))
              .build(),
          Request.newBuilder()
              .setApplySnapshotChunk(
                  RequestApplySnapshotChunk.newBuilder()
                      .setIndex(2)
                      .setChunk(ByteString.copyFrom(new byte[MAX_BYTES / 2]))
                      .setSender("peer"))
              .build());
      assertThat(client.next().getOfferSnapshot().getResult()).as("accept").isEqualTo(1);
      assertThat(client.next().getOfferSnapshot().getResult()).as("reject format").isEqualTo(4);
      assertThat(client.next().getLoadSnapshotChunk().getChunk().toByteArray())
          .containsExactly(7, 1, 2);
      ResponseApplySnapshotChunk applied = client.next().getApplySnapshotChunk();
      assertThat(applied.getResult()).as("retry").isEqualTo(3);
      assertThat(applied.getRefetchChunksList()).containsExactly(2, MAX_BYTES / 2);
      assertThat(applied.getRejectSendersList()).containsExactly("peer");
    }
  }

  @Test
  void queriesAndCheckTxAreAnsweredWhileABlockIsExecuted() throws Exception {
    try (Client consensus = connect();
        Client others = connect()) {
      consensus.send(BLOCK, FLUSH);
      assertThat(call()).isEqualTo("finalizeBlock 8");
      others.send(query("now"), checkTx(1, 0), checkTx(0, 2), FLUSH);
      assertThat(others.next().getQuery().getValue().toStringUtf8()).isEqualTo("now");
      assertThat(others.next().getCheckTx().getGasWanted()).isEqualTo(2);
      assertThat(others.next().hasCheckTx()).isTrue();
      assertThat(call()).isEqualTo("checkTx true");
      assertThat(call()).isEqualTo("checkTx false");

      application.executed.complete(StubApplication.block(new byte[] {9}));
      assertThat(consensus.next().getFinalizeBlock().getAppHash().toByteArray()).contains(9);
      assertThat(consensus.next().hasFlush()).isTrue();
    }
  }

  @Test
  void aSecondEngineIsRefusedUntilTheFirstIsGone() throws Exception {
    try (Client second = connect()) {
      try (Client first = connect()) {
        first.send(BLOCK);
        assertThat(call()).isEqualTo("finalizeBlock 8");
        second.send(commit());
        assertThat(second.next().getException().getError())
            .contains("another engine drives this node");
      }
      awaitFree();
      second.send(commit());
      assertThat(second.next().getCommit().getRetainHeight()).isEqualTo(3);
    }
  }

  @Test
  void onlyAnEngineThatBeginsDropsWhatAnotherLeft() throws Exception {
    try (Client query = connect();
        Client consensus = connect()) {
      query.send(INFO, INFO);
      assertThat(call()).isEqualTo("connect");
      assertThat(call()).isEqualTo("info");
      consensus.send(BLOCK);
      assertThat(call()).isEqualTo("finalizeBlock 8");
      try (Client tool = connect()) {
        tool.send(INFO);
        assertThat(tool.next().hasInfo()).isTrue();
        assertThat(call()).isEqualTo("info");
      }
    }
    awaitFree();
    try (Client again = connect()) {
      again.send(INFO);
      assertThat(call()).isEqualTo("connect");
    }
  }

  @Test
  void whatTheApplicationRefusesIsAnException() throws IOException {
    application.executed.completeExceptionally(
        new IllegalArgumentException("block 8 does not follow the committed height 6"));
    try (Client client = connect()) {
      client.send(BLOCK, FLUSH);
      assertThat(client.next().getException().getError())
          .isEqualTo("block 8 does not follow the committed height 6");
      assertThat(client.next().hasFlush()).isTrue();
    }
  }

  @Test
  void aMessageBeyondTheLimitEndsItsConnectionAndNoOther() throws IOException {
    try (Client other = connect();
        Client client = connect()) {
      client.send(query("x".repeat(MAX_BYTES)));
      assertThat(client.isEnded()).isTrue();
      other.send(FLUSH);
      assertThat(other.next().hasFlush()).isTrue();
    }
  }

  @Test
  void connectionsBeyondTheLimitAreClosed() throws IOException {
    Client[] open = new Client[AbciServer.MAX_CONNECTIONS];
    try {
      for (int i = 0; i < open.length; i++) {
        open[i] = connect().send(FLUSH);
        assertThat(open[i].next().hasFlush()).isTrue();
      }
      try (Client beyond = connect()) {
        assertThat(beyond.isEnded()).isTrue();
      }
    } finally {
      for (Client client : open) {
        if (client != null) {
          client.close();
        }
      }
    }
  }

  @Test
  void listensOnAUnixSocket() throws IOException {
    Path socket = folder.resolve("abci.sock");
    ListenAddress address = ListenAddress.parse("unix://" + socket);
    try (AbciServer unix = AbciServer.open(address, application, MAX_BYTES);
        Client client = new Client(ChannelSocket.connect(socket))) {
      client.send(echo("here"));
      assertThat(client.next().getEcho().getMessage()).isEqualTo("here");
      assertThatThrownBy(() -> AbciServer.open(address, application, MAX_BYTES))
          .hasMessageContaining("another process answers on " + socket);
      assertThat(unix.isDriven()).isFalse();
    }
    assertThat(socket).doesNotExist();
  }

  @Test
  void refusesAddressesOfOtherForms() {
    for (String text :
        new String[] {"127.0.0.1:26658", "tcp://127.0.0.1", "unix://", "tcp://a b"}) {
      assertThatThrownBy(() -> ListenAddress.parse(text))
          .hasMessage("'" + text + "' is neither tcp://HOST:PORT nor unix:///PATH");
    }
  }

  private String call() throws InterruptedException {
    return application.calls.poll(20, TimeUnit.SECONDS);
  }

  private void awaitFree() {
    while (server.isDriven()) {
      Thread.onSpinWait();
    }
  }

  private static Request echo(String text) {
    return Request.newBuilder().setEcho(RequestEcho.newBuilder().setMessage(text)).build();
  }

  private static Request query(String data) {
    return Request.newBuilder()
        .setQuery(RequestQuery.newBuilder().setData(ByteString.copyFromUtf8(data)))
        .build();
  }

  private static Request checkTx(int type, int typeOfV1) {
    return Request.newBuilder()
        .setCheckTx(RequestCheckTx.newBuilder().setType(type).setTypeV1(typeOfV1))
        .build();
  }

  private static Request commit() {
    return Request.newBuilder().setCommit(RequestCommit.getDefaultInstance()).build();
  }
}
