package io.segue.bundles.consensus.solo.replay;

import io.segue.bundles.consensus.solo.blockfile.BlockFileItem.Executed;
import io.segue.bundles.consensus.solo.chain.ChainException;
import io.segue.bundles.consensus.solo.chain.ChainState;
import io.segue.bundles.consensus.solo.wire.ParamsCodec;
import io.segue.kernel.api.engine.Engine.Header;
import java.util.Arrays;
import java.util.HexFormat;

/** Compares what blocks give with what they gave when the chain ran. */
final class HeaderCheck {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private HeaderCheck() {}

  /**
   * Refuses a block that does not continue the chain.
   *
   * @throws ChainException that names the height and the field of the header
   */
  static void require(ChainState state, Header header) {
    if (header.height() != state.height() + 1) {
      throw new ChainException(
          "the file has block "
              + header.height()
              + " after block "
              + state.height()
              + "; export it again with segue blocks export");
    }
    require(header, "app hash", header.appHash(), state.appHash());
    require(header, "results hash", header.lastResultsHash(), state.lastResultsHash());
    require(header, "validators hash", header.validatorsHash(), state.validators().hash());
    require(
        header, "next validators hash", header.nextValidatorsHash(), state.nextValidators().hash());
    require(header, "consensus hash", header.consensusHash(), ParamsCodec.hash(state.params()));
  }

  /** What differs after a block; empty where nothing does. */
  static String difference(ChainState after, Executed executed) {
    String difference = "";
    if (!Arrays.equals(after.appHash(), executed.appHash())) {
      difference = differs("app hash", after.appHash(), executed.appHash());
    } else if (!Arrays.equals(after.lastResultsHash(), executed.resultsHash())) {
      difference = differs("results hash", after.lastResultsHash(), executed.resultsHash());
    }
    return difference.isEmpty()
        ? ""
        : "block "
            + after.height()
            + " ("
            + executed.block().txs().size()
            + " transactions) gives "
            + difference
            + "; compare the roots of the stores with those of a node that has this height"
            + " (store:list), and replay with the bundles that the chain ran";
  }

  private static void require(Header header, String what, byte[] expected, byte[] actual) {
    if (!Arrays.equals(expected, actual)) {
      throw new ChainException(
          "the header of block "
              + header.height()
              + " does not follow: the replay has "
              + differs(what, actual, expected)
              + "; what block "
              + (header.height() - 1)
              + " gave differs");
    }
  }

  private static String differs(String what, byte[] actual, byte[] expected) {
    return what + " " + HEX.formatHex(actual) + ", the file has " + HEX.formatHex(expected);
  }
}
