package io.segue.kernel.admission.artifact;

/**
 * Limits of an upgrade artifact, checked before anything is unpacked. They protect the node and do
 * not enter state: a node with other limits is ready or not ready, never on another root.
 *
 * @param artifactBytes size of the artifact itself
 * @param entries number of entries, those of the bundles in an archive included
 * @param unpackedBytes size of all entries unpacked, those of the bundles in an archive included
 * @param ratio how many times larger than its packed form an entry may be
 */
public record ArtifactLimits(long artifactBytes, int entries, long unpackedBytes, int ratio) {
  /**
   * 64 MiB packed, 50,000 entries, 256 MiB unpacked, ratio 200: an artifact at all of them is
   * checked in memory by a node with a heap of 512 MiB.
   */
  public static final ArtifactLimits DEFAULT =
      new ArtifactLimits(64L << 20, 50_000, 256L << 20, 200);

  /** Entries up to this size are not checked by their ratio. */
  static final long RATIO_FROM_BYTES = 1L << 20;
}
