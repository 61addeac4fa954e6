package io.segue.bundles.consensus.solo.chain;

import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** The one call to the application whose answer the chain waits for. Used by the chain's thread. */
public final class PendingCall {
  private final Runnable wake;
  private String name = "";
  private CompletableFuture<?> answer = new CompletableFuture<>();

  /**
   * No call yet.
   *
   * @param wake called from any thread when an answer is there
   */
  public PendingCall(Runnable wake) {
    this.wake = wake;
  }

  /** Waits for the answer to a call from now on. */
  public void await(String call, CompletionStage<?> stage) {
    name = call;
    answer = stage.toCompletableFuture();
    stage.whenComplete((value, error) -> wake.run());
  }

  public boolean isAnswered() {
    return answer.isDone();
  }

  /** The answer that is there. */
  public <T> T answer(Class<T> type) {
    try {
      return type.cast(answer.join());
    } catch (CompletionException | CancellationException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new ChainException(
          "the application failed in "
              + name
              + ": "
              + Objects.requireNonNullElse(cause.getMessage(), cause.toString()),
          cause);
    }
  }
}
