package io.segue.bundles.consensus.comet.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.segue.kernel.api.abci.Abci.Event;
import io.segue.kernel.api.abci.Abci.Misbehavior;
import io.segue.kernel.api.engine.Engine.Block;
import io.segue.kernel.api.engine.Engine.UnavailableException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** Reads the blocks of a CometBFT that runs, without a node. One thread. */
public final class BlockReader {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final RpcClient rpc;

  /**
   * A reader.
   *
   * @param rpc of CometBFT, as {@code http://127.0.0.1:26657}
   */
  public BlockReader(URI rpc) {
    this.rpc = new RpcClient(rpc, TIMEOUT, RpcClient.MAX_ANSWER_BYTES);
  }

  /** The oldest block that CometBFT keeps; 0 for none. */
  public long oldest() throws IOException {
    return ask("status", RpcClient.params()).at("/sync_info/earliest_block_height").asLong();
  }

  /** The last block that it has. */
  public long last() throws IOException {
    return ask("status", RpcClient.params()).at("/sync_info/latest_block_height").asLong();
  }

  /**
   * A block.
   *
   * @param misbehavior that its evidence proves, as CometBFT tells it to the application
   */
  public record Found(Block block, List<Misbehavior> misbehavior) {}

  /**
   * A block.
   *
   * @throws IOException where CometBFT does not answer, or the block has evidence of a kind that is
   *     not known
   */
  public Found block(long height) throws IOException {
    JsonNode result = ask("block", at(height));
    try {
      return new Found(
          Blocks.block(result), Evidence.misbehavior(result.at("/block/evidence/evidence")));
    } catch (IllegalArgumentException e) {
      throw new IOException("block " + height + " can't be read: " + e.getMessage(), e);
    }
  }

  /** The events of a block, those of its transactions left out. */
  public List<Event> events(long height) throws IOException {
    return Results.block(ask("block_results", at(height))).events();
  }

  private static ObjectNode at(long height) {
    return RpcClient.params().put("height", Long.toString(height));
  }

  private JsonNode ask(String method, ObjectNode params) throws IOException {
    try {
      return rpc.call(method, params);
    } catch (RpcErrorException e) {
      throw new IOException(method + " is refused by " + rpc.uri() + ": " + e.text(), e);
    } catch (UnavailableException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
