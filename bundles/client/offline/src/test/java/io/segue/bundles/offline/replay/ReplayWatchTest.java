package io.segue.bundles.offline.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.segue.bundles.offline.replay.ReplayWatch.End;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayWatchTest {
  @TempDir Path folder;
  private final StringWriter err = new StringWriter();

  @Test
  void goesOnWhileTheNodeStartsAndReplays() throws IOException {
    ReplayWatch watch = watch(false);
    assertThat(watch.look()).isEmpty();
    report("NEXT", 3, "");
    assertThat(watch.look()).isEmpty();
  }

  @Test
  void endsWithRootsThatAreEqual() throws IOException {
    ReplayWatch watch = watch(false);
    report("DONE", 9, "");
    assertThat(watch.look()).contains(End.EQUAL);
    assertThat(watch.result(End.EQUAL).path("blocksPerSecond").asDouble()).isEqualTo(4.5);
    assertThat(watch.result(End.EQUAL).path("txsPerSecond").asDouble()).isEqualTo(20);
    assertThat(watch.result(End.EQUAL).has("message")).isFalse();
    assertThat(End.EQUAL.exitStatus()).isZero();
  }

  @Test
  void endsWhereABlockGivesSomethingElse() throws IOException {
    ReplayWatch watch = watch(true);
    report("FAILED", 4, "block 5 gives another root");
    assertThat(watch.look()).contains(End.DIFFERENT);
    assertThat(watch.result(End.DIFFERENT).path("roots").path("bank").asText()).isEqualTo("ff");
    assertThat(watch.message()).isEqualTo("block 5 gives another root");
    assertThat(End.DIFFERENT.exitStatus()).isEqualTo(1);
  }

  @Test
  void endsWhereSomethingIsMissingUnlessItIsToldToWait() throws IOException {
    report("HELD", 4, "generation v2 is missing");
    assertThat(watch(false).look()).contains(End.MISSING);
    assertThat(End.MISSING.exitStatus()).isEqualTo(3);

    ReplayWatch patient = watch(true);
    assertThat(patient.look()).isEmpty();
    assertThat(patient.look()).isEmpty();
    assertThat(err.toString().strip()).isEqualTo("waiting: generation v2 is missing");
    report("DONE", 9, "");
    assertThat(patient.look()).contains(End.EQUAL);
  }

  @Test
  void aBlockThatTheNodeHoldsIsHeldToo() throws IOException {
    report("FINALIZE", 4, "the handler threw");
    assertThat(watch(false).look()).contains(End.MISSING);
  }

  private ReplayWatch watch(boolean wait) {
    return new ReplayWatch(folder.resolve("r.json"), wait, new PrintWriter(err, true));
  }

  private void report(String state, long height, String message) throws IOException {
    Files.writeString(
        folder.resolve("r.json"),
        """
        {"state":"%s","chainId":"c","firstHeight":1,"height":%d,"lastHeight":9,"txs":40,
         "elapsedMs":2000,"appHash":"aa","message":"%s","generations":[],"roots":{"bank":"ff"}}
        """
            .formatted(state, height, message));
  }
}
