package io.segue.kernel.core.assembly;

import io.segue.kernel.admission.Admission;
import io.segue.kernel.admission.Baseline;
import io.segue.kernel.admission.Refusal;
import io.segue.kernel.admission.Verdict;
import io.segue.kernel.admission.artifact.Artifact;
import io.segue.kernel.admission.artifact.ArtifactSource;
import io.segue.kernel.admission.artifact.BundleFile;
import io.segue.kernel.admission.artifact.GenerationDeclaration;
import io.segue.kernel.admission.artifact.GenerationManifest;
import io.segue.kernel.admission.artifact.Loading;
import io.segue.kernel.api.module.Crypto;
import io.segue.kernel.api.module.Platform;
import io.segue.kernel.api.node.CheckReport;
import io.segue.kernel.core.content.ContentStore;
import io.segue.kernel.core.crash.CrashPoint;
import io.segue.kernel.core.gas.KernelRules;
import io.segue.kernel.core.generation.BundleSpace;
import io.segue.kernel.core.generation.Composition;
import io.segue.kernel.core.generation.Generation;
import io.segue.kernel.core.generation.GenerationSource;
import io.segue.kernel.core.generation.GenerationSpec;
import io.segue.kernel.core.generation.Instances;
import io.segue.kernel.core.generation.JavaVersions;
import io.segue.kernel.core.generation.Losses;
import io.segue.kernel.core.generation.Safeguards;
import io.segue.kernel.core.hold.GenerationException;
import io.segue.kernel.core.hold.HoldReason;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
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
  private final Supplier<Set<String>> vouched;
  private final ContentStore store;
  private final Crypto crypto;

  /**
   * Makes the assembler of one node.
   *
   * @param crypto lent to the modules and the handler
   */
  public GenerationAssembler(BundleSpace space, ContentStore store, Crypto crypto) {
    this(space, store, crypto, Set::of);
  }

  /**
   * Makes the assembler of one node.
   *
   * @param crypto lent to the modules and the handler
   * @param vouched gives the digests of the bundles whose code the operator vouches for
   */
  public GenerationAssembler(
      BundleSpace space, ContentStore store, Crypto crypto, Supplier<Set<String>> vouched) {
    this.pool = new BundlePool(space);
    this.vouched = vouched;
    this.store = store;
    this.crypto = crypto;
  }

  /**
   * Says what admission finds in an artifact, on top of a generation.
   *
   * @param before what it carries over from; empty for the first generation
   */
  public Verdict verdict(Optional<Generation> before, ArtifactSource source) {
    Set<GenerationManifest.Line> ran =
        before.map(b -> Set.copyOf(b.manifest().lines())).orElse(Set.of());
    return Admission.check(source, baseline(ran::contains));
  }

  /**
   * Says what admission finds in an artifact that the chain ran, or that its genesis binds it to:
   * its code is not looked at.
   */
  public Verdict ranVerdict(ArtifactSource source) {
    return Admission.check(source, baseline(line -> true));
  }

  private Baseline baseline(Predicate<GenerationManifest.Line> ran) {
    return new Baseline(pool.platformNames(), ran, vouched.get());
  }

  /**
   * As {@link #assemble(Optional, Verdict)}. The code of the first generation is not looked at: it
   * comes with the distribution.
   */
  public Generation assemble(Optional<Generation> before, ArtifactSource source)
      throws GenerationException {
    return assemble(before, before.isEmpty() ? ranVerdict(source) : verdict(before, source));
  }

  /**
   * Puts the generation of an artifact together and keeps its bundles and its manifest in the
   * content store, so that {@link #restore} finds them.
   *
   * @param before what it carries over from; empty for the first generation
   * @param verdict on the artifact, on top of it
   * @throws GenerationException with the reason and what to do next
   */
  public Generation assemble(Optional<Generation> before, Verdict verdict)
      throws GenerationException {
    Artifact artifact = readable(verdict);
    GenerationSpec spec =
        spec(artifact, before.map(Generation::composition), before.map(Generation::manifest));
    refuseUnsupported(spec.declaration(), spec.composition());
    refuse(verdict.refusals());
    refuse(recheck(carriedOver(spec, artifact)));
    refuseLosses(before, spec);
    if (before.isPresent()) {
      CrashPoint.ADMITTED.reached();
    }
    Generation generation = tryOut(spec);
    boolean kept = false;
    try {
      if (before.isPresent()) {
        Losses.between(before.get(), generation).refuseUndeclared();
      }
      keep(spec, artifact);
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
    GenerationSpec spec = new GenerationHistory(store).spec(digest);
    refuseUnsupported(spec.declaration(), spec.composition());
    refuse(recheck(spec.files()));
    return build(spec, false);
  }

  /**
   * What was read of an artifact, admitted or not.
   *
   * @throws GenerationException where it can't be read
   */
  public static Artifact readable(Verdict verdict) throws GenerationException {
    if (verdict.artifact().isEmpty()) {
      throw GenerationException.of(verdict.refusals());
    }
    return verdict.artifact().get();
  }

  private static void refuse(List<Refusal> refusals) throws GenerationException {
    if (!refusals.isEmpty()) {
      throw GenerationException.of(refusals);
    }
  }

  /** What refuses bundles that were admitted before. */
  private List<Refusal> recheck(List<BundleFile> files) {
    return Admission.recheck(files, baseline(line -> true));
  }

  /** The bundles that do not come with the artifact. */
  private static List<BundleFile> carriedOver(GenerationSpec spec, Artifact artifact) {
    return spec.files().stream().filter(file -> !artifact.bundles().contains(file)).toList();
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

  /** As {@link #check(Optional, Verdict, Predicate, Trial)}, with all the time in the world. */
  public CheckReport check(
      Optional<Generation> before, ArtifactSource artifact, Predicate<String> done) {
    return check(before, verdict(before, artifact), done, (plan, attempt) -> attempt.run());
  }

  /**
   * Says all that {@link #assemble} would find in an artifact: what is found in its bytes, and
   * where nothing of that is refused, what it comes to when it is installed, its factories and the
   * handler's constructor run. Keeps nothing of it.
   *
   * @param before the current generation
   * @param verdict on the artifact, on top of it
   * @param done whether a plan of this name was done already
   * @param trial runs what runs code of the artifact
   */
  public CheckReport check(
      Optional<Generation> before, Verdict verdict, Predicate<String> done, Trial trial) {
    return new ArtifactCheck(this::recheck, store, done, spec -> tryAndRemove(before, spec, trial))
        .check(before, verdict);
  }

  /** Gives a generation's bundles back; those no other generation holds are removed. */
  @Override
  public void dispose(Generation generation) {
    pool.release(
        generation.manifest().lines().stream().map(GenerationManifest.Line::sha256).toList(),
        generation.rules());
  }

  /** Whether {@link #restore} finds everything it needs. */
  public boolean keeps(String digest) {
    try {
      new GenerationHistory(store).spec(digest);
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
   * Checks what {@link #keepPast} would keep.
   *
   * @throws GenerationException {@link HoldReason#WRONG_DIGEST} where the artifact gives another
   *     generation
   */
  public void requirePast(String digest, Optional<String> before, Artifact artifact)
      throws GenerationException {
    past(digest, before, artifact);
  }

  private GenerationSpec past(String digest, Optional<String> before, Artifact artifact)
      throws GenerationException {
    Optional<GenerationSpec> previous = Optional.empty();
    if (before.isPresent()) {
      previous = Optional.of(new GenerationHistory(store).spec(before.get()));
    }
    GenerationSpec spec =
        spec(
            artifact,
            previous.map(GenerationSpec::composition),
            previous.map(GenerationSpec::manifest));
    String actual = spec.manifest().digest();
    if (!actual.equals(digest)) {
      throw new GenerationException(
          HoldReason.WRONG_DIGEST,
          "the artifact gives generation "
              + actual
              + " of plan "
              + spec.declaration().plan()
              + ", but the chain ran "
              + digest
              + "; deploy the artifact that the chain ran");
    }
    return spec;
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
  private Generation tryOut(GenerationSpec spec) throws GenerationException {
    Generation generation = build(spec, spec.before().isPresent());
    boolean complete = false;
    try {
      generation.safeguards().foundIn(generation.modules(), generation.name());
      refuseUnseen(generation);
      complete = true;
      return generation;
    } finally {
      if (!complete) {
        dispose(generation);
      }
    }
  }

  /** What the chain would lose by a generation, which is tried and removed again. */
  private Optional<Losses> tryAndRemove(
      Optional<Generation> before, GenerationSpec spec, Trial trial) throws GenerationException {
    AtomicReference<Optional<Losses>> losses = new AtomicReference<>(Optional.empty());
    trial.run(
        spec.declaration().plan(),
        () -> {
          Generation generation = tryOut(spec);
          try {
            losses.set(before.map(old -> Losses.between(old, generation)));
          } finally {
            dispose(generation);
          }
        });
    return Objects.requireNonNull(losses.get());
  }

  /**
   * Installs what a spec says and makes its modules.
   *
   * @param ahead whether to load all classes ahead: for an upgrade, which has time; not at a start,
   *     which has none and only finds what was tried before
   */
  private Generation build(GenerationSpec spec, boolean ahead) throws GenerationException {
    Loading loading = new Loading(spec.composition().rules(), spec.before().isEmpty());
    var installed = pool.acquire(spec.files(), loading, ahead);
    if (ahead) {
      CrashPoint.INSTALLED.reached();
    }
    boolean built = false;
    Platform platform = new GenerationPlatform(crypto, spec.composition().settings());
    try {
      Generation generation =
          new Generation(
              spec.declaration(),
              spec.manifest(),
              spec.before().map(GenerationManifest::digest),
              spec.composition(),
              Safeguards.of(spec),
              platform,
              ModuleMaker.make(spec, installed, platform),
              spec.carriedOver(),
              installed);
      if (generation.hasHandler()) {
        generation.newHandler();
      }
      built = true;
      LOG.info("generation {} {} is ready", generation.name(), generation.digest());
      return generation;
    } finally {
      if (!built) {
        pool.release(installed.keySet(), loading.rules());
      }
    }
  }

  /** What an artifact makes of the generation before. */
  private GenerationSpec spec(
      Artifact artifact, Optional<Composition> composition, Optional<GenerationManifest> before)
      throws GenerationException {
    GenerationDeclaration declaration = artifact.declaration();
    Composition next = Composition.of(composition, declaration);
    List<BundleFile> files = new BundleSelection(store, declaration, next).from(artifact, before);
    return new GenerationSpec(declaration, next, files, before);
  }

  /** Refuses what modules keep in memory where nobody would see that it changes. */
  private static void refuseUnseen(Generation generation) throws GenerationException {
    List<String> unseen =
        Instances.guarded(
            HoldReason.MODULES,
            "a look at what the modules of generation " + generation.name() + " keep in memory",
            generation.fingerprint()::unknown);
    if (!unseen.isEmpty()) {
      throw new GenerationException(
          HoldReason.MODULES,
          "generation "
              + generation.name()
              + " is refused: "
              + String.join(", ", unseen)
              + ", which could change without being seen; keep state in the stores, and constants in"
              + " numbers, text, arrays, lists, maps and classes of your own");
    }
  }

  static void refuseLosses(Optional<Generation> before, GenerationSpec spec)
      throws GenerationException {
    if (before.isPresent()) {
      Safeguards.of(spec).keeping(before.get().safeguards(), spec.declaration().plan());
    }
  }

  /** Refuses what this node does not run: newer kernel rules, or another version of Java. */
  static void refuseUnsupported(GenerationDeclaration declaration, Composition composition)
      throws GenerationException {
    JavaVersions.require(declaration.plan(), composition.settings(), Runtime.version().feature());
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

  private void keep(GenerationSpec spec, Artifact artifact) throws GenerationException {
    try {
      for (BundleFile file : spec.files()) {
        store.put(file.content());
      }
      store.putManifest(
          spec.manifest(), spec.before().map(GenerationManifest::digest), artifact.sha256());
    } catch (IOException e) {
      throw new GenerationException(
          HoldReason.STORAGE,
          "generation "
              + spec.declaration().plan()
              + " can't be kept in "
              + store.folder()
              + ": "
              + e
              + "; make room or fix the permissions, then deploy it again",
          e);
    }
  }
}
