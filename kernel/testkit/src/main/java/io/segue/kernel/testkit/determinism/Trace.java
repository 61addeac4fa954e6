package io.segue.kernel.testkit.determinism;

import io.segue.kernel.api.abci.Abci.Event;
import io.segue.kernel.api.abci.Abci.ExecTxResult;
import io.segue.kernel.api.abci.Abci.FinalizeBlockResponse;
import io.segue.kernel.testkit.TestNode;
import io.segue.kernel.testkit.modules.ModuleChain;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;

/**
 * What a {@link Scenario} gave, line by line; compared between JVMs. One thread.
 *
 * <p>{@link #block} executes each block twice and commits the second execution, as a node does that
 * executes a block again: a module that keeps something between calls gives another root.
 */
public final class Trace {
  /** What a line starts with that tells of a block whose two executions differ. */
  static final String TWICE = "executed twice, with another result: ";

  private final List<String> lines = new ArrayList<>();

  Trace() {}

  /**
   * What a scenario gives, in one number: SHA-256 of all lines, in hex. A test that names it says
   * that gas, results, events and roots are those of before, whatever was changed in the code.
   */
  public static String digestOf(Scenario scenario) throws Exception {
    Trace trace = new Trace();
    scenario.run(trace);
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (String line : trace.lines) {
      digest.update((line + "\n").getBytes(StandardCharsets.UTF_8));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Writes down something that must be the same everywhere; a line of text. */
  public void add(String what, String value) {
    lines.add((what + " " + value).replace('\n', ' ').replace('\r', ' '));
  }

  /** As {@link #add(String, String)}, in hex. */
  public void add(String what, byte[] value) {
    add(what, HexFormat.of().formatHex(value));
  }

  /** Executes a block twice, commits it, and writes down its results and the root of each store. */
  public FinalizeBlockResponse block(ModuleChain chain, byte[]... txs) {
    SortedMap<String, byte[]> rehearsed = chain.rehearse(txs);
    FinalizeBlockResponse result = chain.block(txs);
    String at = "height " + chain.height();
    results(at, result.txResults(), result.events());
    roots(chain);
    chain
        .roots()
        .forEach(
            (store, root) -> {
              if (!Arrays.equals(root, rehearsed.get(store))) {
                add(TWICE + at + " root of " + store, root);
              }
            });
    return result;
  }

  /** As {@link #block(ModuleChain, byte[]...)}, on a whole node. */
  public FinalizeBlockResponse block(TestNode node, byte[]... txs) {
    byte[] rehearsed = node.await(node.finalizeBlock(txs)).appHash();
    FinalizeBlockResponse response = node.await(node.finalizeBlock(txs));
    node.commit();
    String at = "height " + node.height();
    results(at, response.txResults(), response.events());
    node.roots().forEach((store, root) -> add(at + " root of " + store, root));
    if (!Arrays.equals(rehearsed, response.appHash())) {
      add(TWICE + at + " app hash", response.appHash());
    }
    return response;
  }

  /** Writes down the root of each store at the last committed height. */
  public void roots(ModuleChain chain) {
    chain
        .roots()
        .forEach((store, root) -> add("height " + chain.height() + " root of " + store, root));
  }

  private void results(String at, List<ExecTxResult> txResults, List<Event> events) {
    for (ExecTxResult tx : txResults) {
      add(at + " result", tx.code() + " " + tx.gasUsed() + " " + tx.log());
      add(at + " data", tx.data());
      add(at + " events", tx.events().toString());
    }
    add(at + " events", events.toString());
  }

  /** All lines, in order. */
  List<String> lines() {
    return List.copyOf(lines);
  }
}
