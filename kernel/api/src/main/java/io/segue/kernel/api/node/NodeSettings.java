package io.segue.kernel.api.node;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What is wrong with the node's settings, the files in {@code etc/}. Whoever reads the files
 * publishes it as a service before any part of the node has its settings; the shell and the servers
 * call it, from any thread.
 */
@ProviderType
public interface NodeSettings {
  /** What can't be used of the files as they are now; in order of file and key. */
  List<Fault> faults();

  /**
   * Something in a file that can't be used.
   *
   * @param file as the operator knows it, such as {@code etc/io.segue.rpc.cfg}
   * @param key of the setting; empty where the whole file is meant
   * @param value as it stands in the file; empty where the whole file is meant
   * @param allowed what is allowed, in words; of a whole file what is wrong with it
   * @param inForce what counts instead, in words
   */
  record Fault(String file, String key, String value, String allowed, String inForce) {
    /** All of it in one line, for logs and for people. */
    public String text() {
      return key.isEmpty()
          ? file + " can't be used: " + allowed + ". In force: " + inForce
          : "%s: %s = %s can't be used; allowed: %s. In force: %s"
              .formatted(file, key, value, allowed, inForce);
    }
  }
}
