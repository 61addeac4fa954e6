package io.segue.bundles.consensus.comet.abci;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.segue.bundles.consensus.comet.proto.Request;
import io.segue.bundles.consensus.comet.proto.Response;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;

/** What may come over the socket: each frame is answered, or refused as what it is. */
class AbciFuzzTest {
  private static final int MAX_BYTES = 1 << 16;

  @FuzzTest
  void answersOrRefuses(byte[] sent) throws IOException {
    AbciCalls calls = new AbciCalls(new StubApplication(), new EngineSeat());
    InputStream in = new ByteArrayInputStream(sent);
    for (Request request = next(in); request != null; request = next(in)) {
      try {
        CompletableFuture<Response> answer = calls.answer(request).toCompletableFuture();
        if (answer.isDone()) {
          Frames.write(new ByteArrayOutputStream(), answer.join());
        }
      } catch (IllegalArgumentException e) {
        assertThat(e).hasMessageNotContainingAny("null", "index");
      }
    }
  }

  /** The next request; null where none comes, or the bytes are none. */
  private static Request next(InputStream in) {
    try {
      return Frames.read(in, MAX_BYTES);
    } catch (IOException e) {
      assertThat(e.getMessage()).isNotEmpty();
      return null;
    }
  }
}
