package io.segue.kernel.core.generation;

import io.segue.kernel.admission.artifact.GenerationManifest;
import io.segue.kernel.core.assembly.GenerationAssembler;
import io.segue.kernel.core.hold.GenerationException;
import java.util.List;

/** Where generations come from and go to: {@link GenerationAssembler}, or a fake in tests. */
public interface GenerationSource {
  /**
   * Puts a generation together again, by its digest.
   *
   * @throws GenerationException with the reason and what to do next
   */
  Generation restore(String digest) throws GenerationException;

  /** Gives a generation's bundles back. */
  void dispose(Generation generation);

  /** The bundles of a generation that is not loaded; empty where its manifest is not kept. */
  List<GenerationManifest.Line> lines(String digest);
}
