package io.segue.kernel.testkit;

import static io.segue.kernel.testkit.CounterChain.count;
import static org.assertj.core.api.Assertions.assertThat;

import io.segue.kernel.api.abci.Abci.FinalizeBlockResponse;
import io.segue.kernel.api.module.Module;
import io.segue.kernel.core.block.BlockState;
import io.segue.kernel.core.hold.HoldReason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A module that keeps state outside of the store holds its node, by name. */
class KeptStateTest {
  @TempDir Path folder;

  @Test
  void theBlockIsHeldAndTheFieldIsNamed() throws Exception {
    FakeBundles bundles = new FakeBundles();
    byte[] genesis =
        bundles
            .generation("genesis")
            .module(CounterModule.one())
            .module(new PlanningModule())
            .module(remembering())
            .artifact();
    try (TestNode node = TestNode.aNode(folder).withBundles(bundles).withGenesis(genesis).start()) {
      CompletableFuture<FinalizeBlockResponse> block;
      do {
        block = node.finalizeBlock();
        CompletableFuture<FinalizeBlockResponse> asked = block;
        node.until("an answer or a hold", () -> asked.isDone() || node.state() == BlockState.HELD);
        if (block.isDone()) {
          node.commit();
        }
      } while (node.state() != BlockState.HELD);

      assertThat(node.node().status().heldFor().orElseThrow())
          .contains("a module keeps state outside of the store: ")
          .contains("module memory.blocks has changed")
          .contains(HoldReason.MODULE_STATE.nextStep());
      assertThat(count(node)).as("queries are answered").isEqualTo("1:0");
    }
  }

  /** Made by a class loader of its own, as a bundle's classes are. */
  private static Module remembering() throws ReflectiveOperationException {
    String name = RememberingModule.class.getName();
    ClassLoader loader =
        new ClassLoader(KeptStateTest.class.getClassLoader()) {
          @Override
          protected Class<?> loadClass(String wanted, boolean resolve)
              throws ClassNotFoundException {
            return wanted.equals(name) ? findClass(wanted) : super.loadClass(wanted, resolve);
          }

          @Override
          protected Class<?> findClass(String wanted) throws ClassNotFoundException {
            String path = wanted.replace('.', '/') + ".class";
            try (InputStream in =
                Objects.requireNonNull(getParent().getResourceAsStream(path), path)) {
              byte[] bytes = in.readAllBytes();
              return defineClass(wanted, bytes, 0, bytes.length);
            } catch (IOException e) {
              throw new ClassNotFoundException(wanted, e);
            }
          }
        };
    return (Module) loader.loadClass(name).getConstructor().newInstance();
  }
}
