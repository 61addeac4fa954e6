package io.segue.kernel.testkit;

import io.segue.kernel.admission.artifact.Sha256;
import io.segue.kernel.api.module.Module;
import io.segue.kernel.api.node.Node.UpgradeStatus;
import io.segue.kernel.api.node.UpgradeState;
import io.segue.kernel.api.upgrade.Rewriter;
import io.segue.kernel.api.upgrade.Sidecar;
import io.segue.kernel.api.upgrade.SidecarException;
import io.segue.kernel.api.upgrade.StoreLoad;
import io.segue.kernel.api.upgrade.UpgradeContext;
import io.segue.kernel.api.upgrade.UpgradeHandler;
import io.segue.kernel.core.block.BlockState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * A chain that counts, and its upgrades: {@code v2} counts by tens, under another key. What the
 * count is tells which code ran.
 */
final class CounterChain {
  final FakeBundles bundles = new FakeBundles();
  final byte[] genesis = genesis(CounterModule.one());

  /** Renames the key and counts by tens. */
  final byte[] v2 = v2(Renaming::new);

  byte[] genesis(Module counter) {
    return bundles.generation("genesis").module(counter).module(new PlanningModule()).artifact();
  }

  /** The generation v2 with another handler. */
  byte[] v2(Supplier<UpgradeHandler> handler) {
    return v2(handler, CounterModule.two());
  }

  byte[] v2(Supplier<UpgradeHandler> handler, Module counter) {
    return bundles.generation("v2").handler(handler).module("2.0.0", counter).artifact();
  }

  TestNode.Builder node(Path folder) {
    return TestNode.aNode(folder).withBundles(bundles).withGenesis(genesis);
  }

  /** An info that names an artifact. */
  static String info(byte[] artifact) {
    return info(Sha256.of(artifact));
  }

  static String info(String sha256) {
    return "{\"binaries\":{\"any\":\"https://example.org/v2.zip?checksum=sha256:" + sha256 + "\"}}";
  }

  static UpgradeStatus upgrade(TestNode node) {
    return node.node().upgrade().orElseThrow();
  }

  /** Gives turns until the upgrade is in a state. */
  static void until(TestNode node, UpgradeState state) {
    node.until(state.name(), () -> upgrade(node).state() == state);
  }

  /** Asks for the next block, which must be held. */
  static void untilHeld(TestNode node) {
    node.until("held", () -> node.state() == BlockState.HELD);
  }

  /** The version of the code that answers, and the count. */
  static String count(TestNode node) {
    return new String(
        node.query(CounterModule.QUERY, new byte[0], 0).value(), StandardCharsets.US_ASCII);
  }

  /** Rewrites {@code n} to {@code total}. */
  record Renaming(Rewriter rewriter) implements UpgradeHandler {
    Renaming() {
      this(
          (key, value, sink) ->
              sink.put(
                  Arrays.equals(key, CounterModule.bytes("n")) ? CounterModule.bytes("total") : key,
                  value));
    }

    @Override
    public List<StoreLoad> prepare(UpgradeContext context) {
      return List.of(new StoreLoad.Rewrite("counter", rewriter));
    }
  }

  /** Waits as careless code does that loops: interrupts are lost. */
  static void awaitIgnoringInterrupts(CountDownLatch latch) {
    while (latch.getCount() > 0) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        // Lost.
      }
    }
  }

  /** A sidecar that brings what a test gives, or fails as it says. */
  static final class Bringing implements Sidecar {
    volatile byte[] artifact;
    volatile boolean answers = true;
    final AtomicInteger runs = new AtomicInteger();

    Bringing(byte[] artifact) {
      this.artifact = artifact;
    }

    @Override
    public String name() {
      return "fetch";
    }

    @Override
    public Path run(Task task, Progress progress) throws SidecarException {
      runs.incrementAndGet();
      if (!answers) {
        throw new SidecarException("the server does not answer", false, null);
      }
      try {
        return Files.write(task.directory().resolve(task.sha256()), artifact);
      } catch (IOException e) {
        throw new SidecarException("the disk refuses", true, e);
      }
    }
  }
}
