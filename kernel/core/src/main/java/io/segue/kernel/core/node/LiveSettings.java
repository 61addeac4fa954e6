package io.segue.kernel.core.node;

/** The settings that count now. Thread safety: any thread. */
final class LiveSettings {
  private volatile KernelSettings now;

  LiveSettings(KernelSettings first) {
    this.now = first;
  }

  KernelSettings get() {
    return now;
  }

  void set(KernelSettings next) {
    now = next;
  }
}
