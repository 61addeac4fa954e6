package io.segue.bundles.consensus.comet.abci;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import io.segue.bundles.consensus.comet.proto.Request;
import io.segue.bundles.consensus.comet.proto.Response;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Messages on the socket: each is its length as an unsigned varint, and its bytes. Nothing else
 * stands between them.
 */
final class Frames {
  private Frames() {}

  /**
   * The next request; null where the peer sends no more.
   *
   * @param maxBytes longest message that is read; memory is taken as its bytes arrive
   * @throws IOException where the bytes are no request, or end within one
   */
  static @Nullable Request read(InputStream in, int maxBytes) throws IOException {
    int first = in.read();
    if (first < 0) {
      return null;
    }
    int length = CodedInputStream.readRawVarint32(first, in);
    if (length < 0 || length > maxBytes) {
      throw new InvalidProtocolBufferException(
          "a message of "
              + Integer.toUnsignedString(length)
              + " bytes; maxMessageBytes allows "
              + maxBytes);
    }
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("the connection ended within a message");
    }
    return Request.parseFrom(bytes);
  }

  static void write(OutputStream out, Response response) throws IOException {
    response.writeDelimitedTo(out);
  }
}
