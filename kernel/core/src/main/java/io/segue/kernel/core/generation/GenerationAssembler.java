package io.segue.kernel.core.generation;

import io.segue.kernel.api.module.Crypto;
import io.segue.kernel.api.node.CheckReport;
import io.segue.kernel.core.crash.CrashPoint;
import io.segue.kernel.core.exec.KernelRules;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a generation together, beside whatever runs: bytes are verified, admitted, installed and
 * resolved, modules are made and tried. Either all of it succeeds, or whatever the attempt
 * installed is removed again; the running generation is not touched by either.
 *
 * <p>Thread safety: any thread but the block thread; several attempts may run at a time.
 */
public final class GenerationAssembler implements GenerationSource {
  private static final Logger LOG = LoggerFactory.getLogger(GenerationAssembler.class);

  private final BundlePool pool;
  private final Admission admission;
  private final ContentStore store;
  private final ModuleMaker modules;

  /**
   * Makes the assembler of one node.
   *
   * @param crypto lent to the modules
   */
  public GenerationAssembler(BundleSpace space, ContentStore store, Crypto crypto) {
    this(space, store, crypto, Set::of);
  }

  /**
   * Makes the assembler of one node.
   *
   * @param crypto lent to the modules
   * @param vouched gives the digests of the bundles whose code the operator vouches for
   */
  public GenerationAssembler(
      BundleSpace space, ContentStore store, Crypto crypto, Supplier<Set<String>> vouched) {
    this.pool = new BundlePool(space);
    this.admission = new Admission(space::platformNames, vouched);
    this.store = store;
    this.modules = new ModuleMaker(crypto);
  }

  /**
   * Puts the generation of an artifact together and keeps its bundles and its manifest in the
   * content store, so that {@link #restore} finds them.
   *
   * @param before what it carries over from; empty for the first generation
   * @throws GenerationException with the reason and what to do next
   */
  public Generation assemble(Optional<Generation> before, Artifact artifact)
      throws GenerationException {
    Blueprint blueprint =
        blueprint(artifact, before.map(Generation::composition), before.map(Generation::manifest));
    refuseNewerKernel(blueprint.declaration(), blueprint.composition());
    for (BundleFile file : blueprint.files()) {
      admission.check(file, before.isEmpty() || blueprint.carriesOver(file));
    }
    refuseLosses(before, blueprint);
    if (before.isPresent()) {
      CrashPoint.ADMITTED.reached();
    }
    Generation generation = tryOut(blueprint);
    boolean kept = false;
    try {
      keep(blueprint, artifact);
      kept = true;
      if (before.isPresent()) {
        CrashPoint.KEPT.reached();
      }
    } finally {
      if (!kept) {
        dispose(generation);
      }
    }
    return generation;
  }

  /** Puts a generation together again from the content store, as at a start. */
  @Override
  public Generation restore(String digest) throws GenerationException {
    Blueprint blueprint = new Lineage(store).blueprint(digest);
    refuseNewerKernel(blueprint.declaration(), blueprint.composition());
    for (BundleFile file : blueprint.files()) {
      admission.check(file, true);
    }
    return build(blueprint, false);
  }

  /** What tries the code of a generation; it may never come back. */
  @FunctionalInterface
  public interface Attempt {
    /** Tries it, and leaves nothing. */
    void run() throws GenerationException;
  }

  /** Runs an attempt, within a time of its own. */
  @FunctionalInterface
  public interface Trial {
    /**
     * Runs it.
     *
     * @param plan whose generation it is
     */
    void run(String plan, Attempt attempt) throws GenerationException;
  }

  /** As {@link #check(Optional, byte[], Predicate, Trial)}, with all the time in the world. */
  public CheckReport check(Optional<Generation> before, byte[] artifact, Predicate<String> done) {
    return check(before, artifact, done, (plan, attempt) -> attempt.run());
  }

  /**
   * Says all that {@link #assemble} would find in an artifact: what is found in its bytes, and
   * where nothing of that is refused, what it comes to when it is installed, its factories and the
   * handler's constructor run. Keeps nothing of it.
   *
   * @param before the current generation
   * @param done whether a plan of this name was done already
   * @param trial runs what runs code of the artifact
   */
  public CheckReport check(
      Optional<Generation> before, byte[] artifact, Predicate<String> done, Trial trial) {
    return new ArtifactCheck(
            admission,
            store,
            done,
            blueprint ->
                trial.run(blueprint.declaration().plan(), () -> dispose(tryOut(blueprint))))
        .check(before, artifact);
  }

  /** Gives a generation's bundles back; those no other generation holds are removed. */
  @Override
  public void dispose(Generation generation) {
    pool.release(
        generation.manifest().lines().stream().map(GenerationManifest.Line::sha256).toList());
  }

  /** Whether {@link #restore} finds everything it needs. */
  public boolean keeps(String digest) {
    try {
      new Lineage(store).blueprint(digest);
      return true;
    } catch (GenerationException e) {
      return false;
    }
  }

  /**
   * Keeps what a generation of the past consists of, so that {@link #restore} finds it; installs
   * nothing.
   *
   * @param digest of the generation, as the chain's state has it
   * @param before digest of the generation it carried over from; empty for the first
   * @throws GenerationException as {@link #requirePast}
   */
  public void keepPast(String digest, Optional<String> before, Artifact artifact)
      throws GenerationException {
    keep(past(digest, before, artifact), artifact);
  }

  /**
   * Judges what {@link #keepPast} would keep.
   *
   * @throws GenerationException {@link HoldReason#WRONG_DIGEST} where the artifact gives another
   *     generation
   */
  public void requirePast(String digest, Optional<String> before, Artifact artifact)
      throws GenerationException {
    past(digest, before, artifact);
  }

  private Blueprint past(String digest, Optional<String> before, Artifact artifact)
      throws GenerationException {
    Optional<Blueprint> previous = Optional.empty();
    if (before.isPresent()) {
      previous = Optional.of(new Lineage(store).blueprint(before.get()));
    }
    Blueprint blueprint =
        blueprint(
            artifact, previous.map(Blueprint::composition), previous.map(Blueprint::manifest));
    String actual = blueprint.manifest().digest();
    if (!actual.equals(digest)) {
      throw new GenerationException(
          HoldReason.WRONG_DIGEST,
          "the artifact gives generation "
              + actual
              + " of plan "
              + blueprint.declaration().plan()
              + ", but the chain ran "
              + digest
              + "; deploy the artifact that the chain ran");
    }
    return blueprint;
  }

  @Override
  public List<GenerationManifest.Line> lines(String digest) {
    try {
      return store.manifest(digest).lines();
    } catch (GenerationException e) {
      return List.of();
    }
  }

  /** Installs and tries a generation that comes with an artifact, all its classes included. */
  private Generation tryOut(Blueprint blueprint) throws GenerationException {
    Generation generation = build(blueprint, blueprint.before().isPresent());
    boolean complete = false;
    try {
      generation.safeguards().foundIn(generation.modules(), generation.name());
      complete = true;
      return generation;
    } finally {
      if (!complete) {
        dispose(generation);
      }
    }
  }

  /**
   * Installs what a blueprint says and makes its modules.
   *
   * @param anew whether to load all classes ahead: for an upgrade, which has time; not at a start,
   *     which has none and only finds what was tried before
   */
  private Generation build(Blueprint blueprint, boolean anew) throws GenerationException {
    var installed = pool.acquire(blueprint.files(), anew);
    if (anew) {
      CrashPoint.INSTALLED.reached();
    }
    boolean built = false;
    try {
      Generation generation =
          new Generation(
              blueprint.declaration(),
              blueprint.manifest(),
              blueprint.before().map(GenerationManifest::digest),
              blueprint.composition(),
              Safeguards.of(blueprint),
              modules.make(blueprint, installed),
              blueprint.carriedOver(),
              installed);
      if (generation.hasHandler()) {
        generation.newHandler();
      }
      built = true;
      LOG.info("generation {} {} stands ready", generation.name(), generation.digest());
      return generation;
    } finally {
      if (!built) {
        pool.release(installed.keySet());
      }
    }
  }

  /** What an artifact makes of the generation before. */
  private Blueprint blueprint(
      Artifact artifact, Optional<Composition> composition, Optional<GenerationManifest> before)
      throws GenerationException {
    GenerationDeclaration declaration = artifact.declaration();
    Composition next = Composition.of(composition, declaration);
    List<BundleFile> files = new BundleSelection(store, declaration, next).from(artifact, before);
    return new Blueprint(declaration, next, files, before);
  }

  static void refuseLosses(Optional<Generation> before, Blueprint blueprint)
      throws GenerationException {
    if (before.isPresent()) {
      Safeguards.of(blueprint).keeping(before.get().safeguards(), blueprint.declaration().plan());
    }
  }

  static void refuseNewerKernel(GenerationDeclaration declaration, Composition composition)
      throws GenerationException {
    if (!KernelRules.has(composition.rules())) {
      throw new GenerationException(
          HoldReason.NEWER_KERNEL,
          "generation "
              + declaration.plan()
              + " needs kernel rules "
              + composition.rules()
              + ", which this node does not know; restart it with a newer distribution");
    }
  }

  private void keep(Blueprint blueprint, Artifact artifact) throws GenerationException {
    try {
      for (BundleFile file : blueprint.files()) {
        store.put(file.bytes());
      }
      store.putManifest(
          blueprint.manifest(),
          blueprint.before().map(GenerationManifest::digest),
          artifact.sha256());
    } catch (IOException e) {
      throw new GenerationException(
          HoldReason.STORAGE,
          "generation "
              + blueprint.declaration().plan()
              + " can't be kept in "
              + store.folder()
              + ": "
              + e
              + "; make room or mend the permissions, then deploy it again",
          e);
    }
  }
}
