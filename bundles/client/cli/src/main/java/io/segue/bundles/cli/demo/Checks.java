package io.segue.bundles.cli.demo;

import java.util.ArrayList;
import java.util.List;

/** What the demo claims, each claim tested; what was not so is kept. */
final class Checks {
  private final List<String> failed = new ArrayList<>();

  /** Keeps {@code claim} where it is not so. */
  void that(boolean so, String claim) {
    if (!so) {
      failed.add(claim);
    }
  }

  List<String> failed() {
    return failed;
  }
}
