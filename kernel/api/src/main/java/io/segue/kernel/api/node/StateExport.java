package io.segue.kernel.api.node;

import io.segue.kernel.api.store.HeightUnavailableException;
import java.io.IOException;
import java.io.OutputStream;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Writes the state of a node as the genesis of a chain that goes on from it. The kernel implements
 * it and publishes it as a service; any thread may call it while blocks go on.
 */
@ProviderType
public interface StateExport {
  /**
   * Writes {@code genesis.json} in CometBFT's form, UTF-8: its first height is the next one, its
   * time that of the height's block. The modules of the generation that ran at the height export
   * it. A chain that starts on it, on that generation, has the same root of every store.
   *
   * @param height a committed height; 0 for the last one
   * @param out stays open
   * @throws HeightUnavailableException where the height is not committed, or pruned
   * @throws IllegalStateException where no block is committed yet, or the code of the height can't
   *     be had; says what to do
   * @throws IOException where {@code out} does
   */
  void write(long height, OutputStream out) throws IOException;
}
