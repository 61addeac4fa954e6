package io.segue.bundles.cli.keyring;

import java.util.Iterator;
import java.util.List;

/**
 * Candidates for an option or argument that names a key: those in the keyring of the home. The
 * shell lists them itself when it completes a line, with the function that its script brings, and
 * starts no Java for it.
 */
public final class KeyNames implements Iterable<String> {
  /** How a script calls that function. */
  public static final String CALL = "$(__segue_keys)";

  @Override
  public Iterator<String> iterator() {
    return List.of(CALL).iterator();
  }
}
