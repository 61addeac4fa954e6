package io.segue.bundles.cli.bench.measure;

import com.google.protobuf.Message;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A connection of gRPC with as little of HTTP/2 as unary calls one after the other need: headers
 * that are never compressed, and a window that is never used up.
 */
public final class GrpcConnection implements ClientConnection {
  private static final int HEADER_BYTES = 9;
  private static final int STREAM_AT = 5;
  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int RESET = 3;
  private static final int SETTINGS = 4;
  private static final int PING = 6;
  private static final int GO_AWAY = 7;
  private static final int WINDOW_UPDATE = 8;
  private static final int END_STREAM = 1;
  private static final int ACK = 1;
  private static final int END_HEADERS = 4;
  private static final int WINDOW_BYTES = 0x7fff_0000 - 65_535;
  private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

  private final Socket socket;
  private final DataInputStream in;
  private final OutputStream out;
  private int stream = -1;

  public GrpcConnection(int port) throws IOException {
    this(InetAddress.getLoopbackAddress(), port);
  }

  /** Connects to a node's server. */
  public GrpcConnection(InetAddress host, int port) throws IOException {
    socket = new Socket(host, port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(TIMEOUT_MS);
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    out = socket.getOutputStream();
    out.write(PREFACE.getBytes(StandardCharsets.US_ASCII));
    out.write(frame(SETTINGS, 0, new byte[0]));
    out.write(frame(WINDOW_UPDATE, 0, ByteBuffer.allocate(4).putInt(WINDOW_BYTES).array()));
  }

  /** The frames of a call, of no stream yet. */
  public static byte[] call(String path, Message message) {
    ByteArrayOutputStream headers = new ByteArrayOutputStream();
    header(headers, ":method", "POST");
    header(headers, ":scheme", "http");
    header(headers, ":path", path);
    header(headers, ":authority", "localhost");
    header(headers, "content-type", "application/grpc");
    header(headers, "te", "trailers");
    byte[] bytes = message.toByteArray();
    byte[] body =
        ByteBuffer.allocate(5 + bytes.length).put((byte) 0).putInt(bytes.length).put(bytes).array();
    byte[] first = frame(HEADERS, END_HEADERS, headers.toByteArray());
    byte[] second = frame(DATA, END_STREAM, body);
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  @Override
  public void ask(byte[] request) throws IOException {
    stream += 2;
    byte[] own = request.clone();
    ByteBuffer frames = ByteBuffer.wrap(own);
    int second = HEADER_BYTES + (frames.getInt(0) >>> 8);
    frames.putInt(STREAM_AT, stream);
    frames.putInt(second + STREAM_AT, stream);
    out.write(own);
    boolean answered = false;
    while (true) {
      int lengthAndType = in.readInt();
      int flags = in.readUnsignedByte();
      int of = in.readInt();
      byte[] payload = in.readNBytes(lengthAndType >>> 8);
      switch (lengthAndType & 0xff) {
        case DATA -> answered |= of == stream && payload.length > 0;
        case HEADERS -> {
          if (of == stream && (flags & END_STREAM) != 0) {
            if (!answered) {
              throw new RefusedException("a call ended without an answer");
            }
            return;
          }
        }
        case SETTINGS, PING -> {
          if ((flags & ACK) == 0) {
            boolean ping = (lengthAndType & 0xff) == PING;
            out.write(frame(ping ? PING : SETTINGS, ACK, ping ? payload : new byte[0]));
          }
        }
        case RESET, GO_AWAY -> throw new RefusedException("the node ended a call");
        default -> {}
      }
    }
  }

  private static void header(ByteArrayOutputStream out, String name, String value) {
    out.write(0);
    out.write(name.length());
    out.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
    out.write(value.length());
    out.writeBytes(value.getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] frame(int type, int flags, byte[] payload) {
    return ByteBuffer.allocate(HEADER_BYTES + payload.length)
        .putInt(payload.length << 8 | type)
        .put((byte) flags)
        .putInt(0)
        .put(payload)
        .array();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
