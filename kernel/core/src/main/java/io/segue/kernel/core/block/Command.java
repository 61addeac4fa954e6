package io.segue.kernel.core.block;

import io.segue.kernel.api.abci.Abci.CommitResponse;
import io.segue.kernel.api.abci.Abci.FinalizeBlockRequest;
import io.segue.kernel.api.abci.Abci.FinalizeBlockResponse;
import io.segue.kernel.api.abci.Abci.InitChainRequest;
import io.segue.kernel.api.abci.Abci.InitChainResponse;
import java.util.concurrent.CompletableFuture;

/** What an engine asks of the block loop, with the place for its answer. */
sealed interface Command<T> {
  CompletableFuture<T> answer();

  record Init(InitChainRequest request, CompletableFuture<InitChainResponse> answer)
      implements Command<InitChainResponse> {}

  record Finalize(FinalizeBlockRequest request, CompletableFuture<FinalizeBlockResponse> answer)
      implements Command<FinalizeBlockResponse> {}

  record Commit(CompletableFuture<CommitResponse> answer) implements Command<CommitResponse> {}

  record Connect(CompletableFuture<Boolean> answer) implements Command<Boolean> {}

  /** Gives the chain its first state in another way than by its genesis. */
  record Restore(Restoration work, CompletableFuture<Boolean> answer) implements Command<Boolean> {}

  record Retry(CompletableFuture<Boolean> answer) implements Command<Boolean> {}
}
