package io.segue.kernel.core.check;

import io.segue.kernel.api.abci.Abci.ExtendVoteRequest;
import io.segue.kernel.api.abci.Abci.ExtendedCommitInfo;
import io.segue.kernel.api.abci.Abci.VerifyVoteExtensionRequest;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.VoteExtension;
import io.segue.kernel.core.overlay.MapView;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;

/** What votes carry, put together from lambdas; by default one word everywhere. */
public final class FakeExtension implements VoteExtension {
  BiFunction<Context, ExtendVoteRequest, byte[]> extend = (c, block) -> MapView.bytes("vote");
  BiPredicate<Context, VerifyVoteExtensionRequest> verify = (c, vote) -> true;
  BiFunction<Context, ExtendedCommitInfo, byte[]> propose = (c, votes) -> MapView.bytes("entry");
  BiPredicate<Context, byte[]> accept = (c, entry) -> true;
  BiConsumer<Context, byte[]> deliver = (c, entry) -> {};

  @Override
  public byte[] extend(Context context, ExtendVoteRequest block) {
    return extend.apply(context, block);
  }

  @Override
  public boolean verify(Context context, VerifyVoteExtensionRequest vote) {
    return verify.test(context, vote);
  }

  @Override
  public byte[] propose(Context context, ExtendedCommitInfo lastCommit) {
    return propose.apply(context, lastCommit);
  }

  @Override
  public boolean accept(Context context, byte[] entry) {
    return accept.test(context, entry);
  }

  @Override
  public void deliver(Context context, byte[] entry) {
    deliver.accept(context, entry);
  }
}
