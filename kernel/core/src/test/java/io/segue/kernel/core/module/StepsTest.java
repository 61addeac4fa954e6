package io.segue.kernel.core.module;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.kernel.api.guard.CancelledError;
import io.segue.kernel.api.guard.Guard;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class StepsTest {
  private final Steps steps = new Steps();

  @Test
  void aStepThatTakesTooLongIsCancelledByNameUntilItEnds() {
    try (Steps.Step step = steps.begin(Steps.Kind.BLOCK, "message", "bank", "/x.MsgSend")) {
      overdue(1);

      assertThatThrownBy(Guard::check)
          .isInstanceOf(CancelledError.class)
          .hasMessage(
              "step 'message' of module bank, /x.MsgSend, is cancelled: it took longer than 1 ms,"
                  + " the stepTimeoutMs of this node");
      assertThatThrownBy(Guard::check).isInstanceOf(CancelledError.class);
    }
    assertThatCode(Guard::check).doesNotThrowAnyException();
  }

  @Test
  void onlyTheKindThatIsOverdueIsCancelled() {
    try (Steps.Step step = steps.begin(Steps.Kind.UPGRADE, "handler of v2", "", "")) {
      olderThan(2);

      steps.cancelOverdue(kind -> kind == Steps.Kind.UPGRADE ? 60_000 : 1);

      assertThatCode(Guard::check).doesNotThrowAnyException();
    }
  }

  @Test
  void noLimitAndTheKernelsOwnWorkAreNeverCancelled() {
    try (Steps.Step block = steps.begin(Steps.Kind.BLOCK, "begin of block", "bank", "");
        Steps.Step commit = steps.begin(Steps.Kind.KERNEL, "commit", "", "")) {
      olderThan(2);

      steps.cancelOverdue(kind -> kind == Steps.Kind.BLOCK ? 0 : 1);

      assertThatCode(Guard::check).doesNotThrowAnyException();
    }
  }

  @Test
  void aStepAroundAnotherEndsWithIt() {
    try (Steps.Step outer = steps.begin(Steps.Kind.UPGRADE, "handler of v2", "", "")) {
      overdue(1);
      try (Steps.Step inner = steps.begin(Steps.Kind.KERNEL, "commit", "", "")) {
        assertThatThrownBy(Guard::check).isInstanceOf(CancelledError.class);
      }
      assertThatThrownBy(Guard::check).hasMessageContaining("handler of v2");
    }
    assertThatCode(Guard::check).doesNotThrowAnyException();
  }

  @Test
  void onlyWhatWasCancelledLongAgoIsStuck() {
    try (Steps.Step step = steps.begin(Steps.Kind.BLOCK, "end of block", "bank", "")) {
      overdue(1);
      assertThat(steps.stuck(kind -> 1)).isEmpty();
      assertThat(steps.stuck(kind -> 1 - Steps.STUCK_MS))
          .singleElement()
          .asString()
          .startsWith("step 'end of block' of module bank was cancelled and does not end after");
    }
    assertThat(steps.stuck(kind -> 1 - Steps.STUCK_MS)).isEmpty();
  }

  private void overdue(long limitMs) {
    olderThan(limitMs);
    steps.cancelOverdue(kind -> limitMs);
  }

  private void olderThan(long ms) {
    Awaitility.await().until(() -> !steps.runningFor(ms).isEmpty());
  }
}
