package io.segue.kernel.core.generation;

import io.segue.kernel.admission.artifact.GenerationManifest;
import io.segue.kernel.api.node.Node.BundleStatus;
import io.segue.kernel.core.hold.GenerationException;
import io.segue.kernel.core.hold.HoldReason;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A place in the schedule: a generation that executed heights, loaded or not. Its identity never
 * changes; the loaded code comes and goes.
 *
 * <p>Thread safety: {@link #loadedGeneration} may be read by any thread; all else is guarded by the
 * {@link Generations} that it belongs to.
 */
final class ScheduledGeneration {
  /** What a bundle of a generation is that is not loaded, in the framework's words. */
  private static final String UNINSTALLED = "UNINSTALLED";

  private static final long NO_ID = -1;

  private final String name;
  private final String digest;
  private volatile @Nullable LoadedGeneration loadedGeneration;
  private @Nullable CompletableFuture<LoadedGeneration> loading;

  ScheduledGeneration(String name, String digest) {
    this.name = name;
    this.digest = digest;
  }

  String name() {
    return name;
  }

  String digest() {
    return digest;
  }

  /** The loaded generation; null where it is not loaded. */
  @Nullable LoadedGeneration loadedGeneration() {
    return loadedGeneration;
  }

  void loaded(LoadedGeneration now) {
    loadedGeneration = now;
    loading = null;
  }

  void unloaded() {
    loadedGeneration = null;
    loading = null;
  }

  /** The load that runs; null where none does. */
  @Nullable CompletableFuture<LoadedGeneration> loading() {
    return loading;
  }

  CompletableFuture<LoadedGeneration> startLoading() {
    CompletableFuture<LoadedGeneration> started = new CompletableFuture<>();
    loading = started;
    return started;
  }

  /** Its bundles as operators see them. */
  List<BundleStatus> bundles(GenerationSource source) {
    LoadedGeneration now = loadedGeneration;
    return now != null
        ? now.generation().bundles()
        : source.lines(digest).stream().map(ScheduledGeneration::unloadedBundle).toList();
  }

  List<String> carriedOver() {
    LoadedGeneration now = loadedGeneration;
    return now == null ? List.of() : now.generation().carriedOver();
  }

  /** Why the code of a height can't be had, and what to do. */
  GenerationException unavailable(long height, @Nullable Throwable cause) {
    HoldReason reason = HoldReason.STORAGE;
    String why = String.valueOf(cause);
    if (cause instanceof GenerationException refused) {
      reason = refused.reason();
      why = refused.text();
    }
    return new GenerationException(
        reason,
        "generation "
            + name
            + " "
            + digest
            + ", which executed height "
            + height
            + ", can't be loaded: "
            + why
            + "; deploy the artifact of plan "
            + name
            + " (upgrade:deploy) and ask again",
        cause);
  }

  private static BundleStatus unloadedBundle(GenerationManifest.Line line) {
    return new BundleStatus(line.symbolicName(), line.version(), line.sha256(), UNINSTALLED, NO_ID);
  }
}
