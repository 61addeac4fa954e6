package io.segue.kernel.core.generation;

import io.segue.kernel.admission.artifact.GenerationDeclaration;
import io.segue.kernel.admission.artifact.GenerationManifest;
import io.segue.kernel.api.module.Platform;
import io.segue.kernel.api.node.Node.BundleStatus;
import io.segue.kernel.api.upgrade.UpgradeHandler;
import io.segue.kernel.core.fingerprint.Fingerprint;
import io.segue.kernel.core.hold.GenerationException;
import io.segue.kernel.core.hold.HoldReason;
import io.segue.kernel.core.module.ModuleSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;

/**
 * One version of the application, standing ready: its bundles are installed and resolved, its
 * modules made. Whoever uses one that was published holds a {@link Lease} on it.
 *
 * <p>Thread safety: immutable; any thread.
 */
public final class Generation {
  private final GenerationDeclaration declaration;
  private final GenerationManifest manifest;
  private final Optional<String> previous;
  private final Composition composition;
  private final Safeguards safeguards;
  private final Platform platform;
  private final ModuleSet modules;
  private final Fingerprint fingerprint;
  private final List<String> carriedOver;
  private final Map<String, BundleSpace.Installed> installed;

  public Generation(
      GenerationDeclaration declaration,
      GenerationManifest manifest,
      Optional<String> previous,
      Composition composition,
      Safeguards safeguards,
      Platform platform,
      ModuleSet modules,
      List<String> carriedOver,
      Map<String, BundleSpace.Installed> installed) {
    this.declaration = declaration;
    this.manifest = manifest;
    this.previous = previous;
    this.composition = composition;
    this.safeguards = safeguards;
    this.platform = platform;
    this.modules = modules;
    this.fingerprint = new Fingerprint(modules);
    this.carriedOver = List.copyOf(carriedOver);
    this.installed = Map.copyOf(installed);
  }

  /** The plan it belongs to; {@code genesis} for the first. */
  public String name() {
    return declaration.plan();
  }

  /** SHA-256 of its manifest, 64 hex digits: its identity. */
  public String digest() {
    return manifest.digest();
  }

  /** Its bundles. */
  public GenerationManifest manifest() {
    return manifest;
  }

  /** Digest of the generation it carries over from; empty for the first. */
  public Optional<String> previous() {
    return previous;
  }

  /** What the kernel lends to its modules and its handler. */
  public Platform platform() {
    return platform;
  }

  /** Its modules with their routes and orders. */
  public ModuleSet modules() {
    return modules;
  }

  /** What its modules keep in memory. */
  public Fingerprint fingerprint() {
    return fingerprint;
  }

  /** Its constants by name, those carried over included. */
  public SortedMap<String, String> settings() {
    return composition.settings();
  }

  /** Number of the kernel rules it runs on. */
  public long rules() {
    return composition.rules();
  }

  /** Symbolic names of the bundles it shares with the generation before. */
  public List<String> carriedOver() {
    return carriedOver;
  }

  /** Whether it has an upgrade handler; all but the first have. */
  public boolean hasHandler() {
    return declaration.handler().isPresent();
  }

  /**
   * A new upgrade handler; one for each execution of the plan's block.
   *
   * @throws GenerationException {@link HoldReason#HANDLER}
   */
  public UpgradeHandler newHandler() throws GenerationException {
    String className = declaration.handler().orElseThrow(() -> refusedHandler("is not declared"));
    String sha256 =
        manifest
            .find(declaration.bundle(), declaration.version())
            .orElseThrow(() -> refusedHandler("is in no bundle of it"))
            .sha256();
    return Instances.make(
        UpgradeHandler.class,
        installed(sha256),
        className,
        HoldReason.HANDLER,
        "the upgrade handler of generation " + name());
  }

  /** Its bundles as the shell shows them, in the manifest's order. */
  public List<BundleStatus> bundles() {
    return manifest.lines().stream().map(this::status).toList();
  }

  GenerationDeclaration declaration() {
    return declaration;
  }

  public Composition composition() {
    return composition;
  }

  public Safeguards safeguards() {
    return safeguards;
  }

  private BundleStatus status(GenerationManifest.Line line) {
    BundleSpace.Installed bundle = installed(line.sha256());
    return new BundleStatus(
        line.symbolicName(), line.version(), line.sha256(), bundle.state(), bundle.id());
  }

  private BundleSpace.Installed installed(String sha256) {
    return Objects.requireNonNull(installed.get(sha256), sha256);
  }

  private GenerationException refusedHandler(String why) {
    return new GenerationException(
        HoldReason.HANDLER, "the upgrade handler of generation " + name() + " " + why);
  }
}
