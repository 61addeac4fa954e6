package io.segue.bundles.consensus.solo.wire;

import io.segue.kernel.api.engine.Engine.BlockId;
import io.segue.kernel.api.engine.Engine.Commit;
import io.segue.kernel.api.engine.Engine.CommitSig;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Commits: encoding, hash, and the bytes that a validator signs. */
public final class CommitCodec {
  /** CometBFT's BlockIDFlag of a validator that did not vote. */
  public static final int ABSENT = 1;

  /** CometBFT's BlockIDFlag of a validator that voted for the block. */
  public static final int COMMITTED = 2;

  /** The commit that the first block carries. */
  public static final Commit NONE = new Commit(0, 0, HeaderCodec.NO_BLOCK, List.of());

  private static final int PRECOMMIT = 2;

  private CommitCodec() {}

  /** Writes the fields of a commit. */
  public static void write(ProtoWriter out, Commit commit) {
    out.number(1, commit.height());
    out.number(2, commit.round());
    int id = out.begin(3);
    HeaderCodec.writeBlockId(out, commit.blockId());
    out.end(id);
    for (CommitSig signature : commit.signatures()) {
      int mark = out.begin(4);
      writeSignature(out, signature);
      out.end(mark);
    }
  }

  /** Reads the fields of a commit. */
  public static Commit read(ProtoReader in) {
    long height = 0;
    int round = 0;
    BlockId id = HeaderCodec.NO_BLOCK;
    List<CommitSig> signatures = new ArrayList<>();
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> height = in.number();
        case 2 -> round = (int) in.number();
        case 3 -> id = HeaderCodec.readBlockId(in.message());
        case 4 -> signatures.add(readSignature(in.message()));
        default -> in.skip();
      }
    }
    return new Commit(height, round, id, List.copyOf(signatures));
  }

  /** The {@code last_commit_hash} of the block that carries {@code commit}. */
  public static byte[] hash(Commit commit) {
    List<byte[]> leaves = new ArrayList<>(commit.signatures().size());
    for (CommitSig signature : commit.signatures()) {
      ProtoWriter out = new ProtoWriter(128);
      writeSignature(out, signature);
      leaves.add(out.toBytes());
    }
    return Merkle.root(leaves);
  }

  /** What a validator signs for a block: the length-prefixed canonical precommit. */
  public static byte[] signBytes(
      String chainId, long height, int round, BlockId id, Instant timestamp) {
    ProtoWriter vote = new ProtoWriter(160);
    vote.number(1, PRECOMMIT);
    vote.fixed64(2, height);
    vote.fixed64(3, round);
    int mark = vote.begin(4);
    HeaderCodec.writeBlockId(vote, id);
    vote.end(mark);
    vote.timestamp(5, timestamp);
    vote.text(6, chainId);
    return new ProtoWriter(vote.size() + 3).varint(vote.size()).raw(vote.toBytes()).toBytes();
  }

  private static void writeSignature(ProtoWriter out, CommitSig signature) {
    out.number(1, signature.blockIdFlag());
    out.bytes(2, signature.validatorAddress());
    out.timestamp(3, signature.timestamp());
    out.bytes(4, signature.signature());
  }

  private static CommitSig readSignature(ProtoReader in) {
    int flag = 0;
    byte[] address = new byte[0];
    Instant timestamp = Instant.EPOCH;
    byte[] signature = new byte[0];
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> flag = (int) in.number();
        case 2 -> address = in.bytes();
        case 3 -> timestamp = in.timestamp();
        case 4 -> signature = in.bytes();
        default -> in.skip();
      }
    }
    return new CommitSig(flag, address, timestamp, signature);
  }
}
