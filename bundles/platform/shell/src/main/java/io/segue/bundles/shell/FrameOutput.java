package io.segue.bundles.shell;

import io.segue.bundles.shell.client.ShellProtocol;
import io.segue.bundles.shell.client.ShellProtocol.Kind;
import java.io.IOException;
import java.io.OutputStream;

/** Sends what is written as frames of one kind; any thread. */
final class FrameOutput extends OutputStream {
  private final OutputStream socket;
  private final Kind kind;

  FrameOutput(OutputStream socket, Kind kind) {
    this.socket = socket;
    this.kind = kind;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (length > 0) {
      synchronized (socket) {
        ShellProtocol.writeFrame(socket, kind, bytes, offset, length);
      }
    }
  }
}
