package io.segue.bundles.bnd.module;

import io.segue.bundles.bnd.library.Direct;
import io.segue.bundles.bnd.library.InSignature;
import java.util.List;

/** Uses a library in all the ways there are. */
public final class LibraryUser {
  static final String BY_NAME = "io.segue.bundles.bnd.library.InText";

  List<InSignature> all(Direct direct) {
    return List.of();
  }
}
