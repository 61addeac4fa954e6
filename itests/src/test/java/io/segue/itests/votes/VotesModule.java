package io.segue.itests.votes;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.segue.kernel.api.abci.Abci.Event;
import io.segue.kernel.api.abci.Abci.ExtendVoteRequest;
import io.segue.kernel.api.abci.Abci.ExtendedCommitInfo;
import io.segue.kernel.api.abci.Abci.ExtendedVoteInfo;
import io.segue.kernel.api.abci.Abci.VerifyVoteExtensionRequest;
import io.segue.kernel.api.abci.Abci.VoteInfo;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.Module;
import io.segue.kernel.api.module.QueryHandler;
import io.segue.kernel.api.module.VoteExtension;
import java.util.Map;
import java.util.Optional;

/**
 * Each vote says which height it is for; the next block says so with each vote's power, {@code
 * <height>=<power> }, and the state keeps it.
 */
public final class VotesModule implements Module, VoteExtension {
  /** Of the module, and of its store. */
  public static final String NAME = "votes";

  /** The entry of the last block that had one. */
  public static final String LAST = "/votes.Query/Last";

  /** Of an entry that is delivered; its attribute has the entry. */
  public static final String EVENT = "votes";

  private static final byte[] KEY = {1};

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public long consensusVersion() {
    return 1;
  }

  @Override
  public Map<String, QueryHandler> queries() {
    return Map.of(LAST, VotesModule::last);
  }

  @Override
  public Optional<VoteExtension> voteExtension() {
    return Optional.of(this);
  }

  @Override
  public byte[] extend(Context context, ExtendVoteRequest block) {
    return bytes(Long.toString(block.height()));
  }

  @Override
  public boolean verify(Context context, VerifyVoteExtensionRequest vote) {
    return text(vote.voteExtension()).equals(Long.toString(context.height()));
  }

  @Override
  public byte[] propose(Context context, ExtendedCommitInfo lastCommit) {
    StringBuilder entry = new StringBuilder();
    for (ExtendedVoteInfo vote : lastCommit.votes()) {
      if (vote.blockIdFlag() == VoteInfo.COMMIT) {
        entry.append(text(vote.voteExtension())).append('=').append(vote.power()).append(' ');
      }
    }
    return bytes(entry.toString());
  }

  @Override
  public boolean accept(Context context, byte[] entry) {
    StringBuilder expected = new StringBuilder();
    for (VoteInfo vote : context.lastCommit().votes()) {
      if (vote.signed()) {
        expected.append(context.height() - 1).append('=').append(vote.power()).append(' ');
      }
    }
    return text(entry).equals(expected.toString());
  }

  @Override
  public void deliver(Context context, byte[] entry) {
    context.store().set(KEY, entry);
    context.emit(Event.of(EVENT, "entry", text(entry)));
  }

  private static byte[] last(Context context, byte[] request) {
    byte[] entry = context.store().get(KEY);
    return entry == null ? new byte[0] : entry;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(US_ASCII);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, US_ASCII);
  }
}
