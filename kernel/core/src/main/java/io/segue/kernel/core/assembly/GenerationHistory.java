package io.segue.kernel.core.assembly;

import io.segue.kernel.admission.artifact.BundleFile;
import io.segue.kernel.admission.artifact.BundleManifest;
import io.segue.kernel.admission.artifact.GenerationDeclaration;
import io.segue.kernel.admission.artifact.GenerationManifest;
import io.segue.kernel.admission.artifact.RefusedException;
import io.segue.kernel.core.content.ContentStore;
import io.segue.kernel.core.generation.Composition;
import io.segue.kernel.core.generation.GenerationSpec;
import io.segue.kernel.core.hold.GenerationException;
import io.segue.kernel.core.hold.HoldReason;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads from the content store how a generation came about: the declarations of all generations
 * from the first one on, each carried over to the next. Bundles are read and verified, not
 * installed. Of what came before, only the bundles that declare are needed: a node that lost
 * another bundle of an old generation still has the later ones.
 */
final class GenerationHistory {
  private final ContentStore store;
  private final Map<String, BundleFile> read = new HashMap<>();

  GenerationHistory(ContentStore store) {
    this.store = store;
  }

  /** All that determines the generation with a digest. */
  GenerationSpec spec(String digest) throws GenerationException {
    Optional<Composition> composition = Optional.empty();
    Optional<GenerationManifest> before = Optional.empty();
    for (String ancestor : ancestors(digest)) {
      GenerationManifest manifest = store.manifest(ancestor);
      GenerationDeclaration declaration = declaration(manifest, before);
      Composition next = Composition.of(composition, declaration);
      if (ancestor.equals(digest)) {
        List<BundleFile> files = new ArrayList<>();
        for (GenerationManifest.Line line : manifest.lines()) {
          files.add(file(line));
        }
        GenerationSpec spec = new GenerationSpec(declaration, next, files, before);
        refuseMismatch(spec);
        return spec;
      }
      composition = Optional.of(next);
      before = Optional.of(manifest);
    }
    throw new IllegalStateException("a generation descends from itself at least");
  }

  /** Digests from the first generation to this one. */
  private List<String> ancestors(String digest) throws GenerationException {
    Deque<String> ancestors = new ArrayDeque<>();
    Set<String> seen = new HashSet<>();
    Optional<String> at = Optional.of(digest);
    while (at.isPresent()) {
      if (!seen.add(at.get())) {
        throw new GenerationException(
            HoldReason.WRONG_DIGEST,
            "the content store is damaged: generation "
                + at.get()
                + " comes before itself; deploy the artifacts again");
      }
      ancestors.addFirst(at.get());
      at = store.previous(at.get());
    }
    return List.copyOf(ancestors);
  }

  private BundleFile file(GenerationManifest.Line line) throws GenerationException {
    BundleFile known = read.get(line.sha256());
    if (known == null) {
      known = BundleSelection.read(store, line);
      read.put(line.sha256(), known);
    }
    return known;
  }

  /** The declaration in the one bundle that has one and is new in this generation. */
  private GenerationDeclaration declaration(
      GenerationManifest manifest, Optional<GenerationManifest> before) throws GenerationException {
    GenerationException unread = null;
    for (GenerationManifest.Line line : manifest.lines()) {
      if (before.isPresent() && before.get().lines().contains(line)) {
        continue;
      }
      try {
        BundleManifest bundle = file(line).manifest();
        if (GenerationDeclaration.isIn(bundle)) {
          return GenerationDeclaration.read(bundle);
        }
      } catch (RefusedException e) {
        unread = unread == null ? GenerationException.of(e) : unread;
      } catch (GenerationException e) {
        unread = unread == null ? e : unread;
      }
    }
    if (unread != null) {
      throw unread;
    }
    throw new GenerationException(
        HoldReason.COMPOSITION,
        "generation " + manifest.digest() + " has no bundle of its own that declares it");
  }

  private static void refuseMismatch(GenerationSpec spec) throws GenerationException {
    Set<BundleFile> used = new HashSet<>();
    for (BundleFile file : spec.files()) {
      if (file.manifest().symbolicName().equals(spec.declaration().bundle())
          && file.manifest().version().equals(spec.declaration().version())) {
        used.add(file);
      }
    }
    for (var module : spec.composition().modules().entrySet()) {
      Optional<BundleFile> file = spec.file(module.getValue());
      if (file.isEmpty() || !file.get().manifest().modules().containsKey(module.getKey())) {
        throw mismatch(spec, "lacks module " + module.getKey());
      }
      used.add(file.get());
    }
    if (used.size() != spec.files().size()) {
      throw mismatch(spec, "has bundles it does not name");
    }
  }

  private static GenerationException mismatch(GenerationSpec spec, String why) {
    return new GenerationException(
        HoldReason.COMPOSITION,
        "generation "
            + spec.declaration().plan()
            + " "
            + spec.manifest().digest()
            + " "
            + why
            + ": the content store has another generation before it than it was made for; deploy"
            + " its artifact again");
  }
}
