package io.segue.kernel.admission.artifact;

/** What kind of thing an artifact is refused for. */
public enum RefusalReason {
  /** It is no bundle and no archive of bundles, is damaged, or passes a limit. */
  ARTIFACT,
  /** A manifest can't be understood. */
  MANIFEST,
  /** A bundle asks for, or does, what a bundle of a generation may not. */
  ADMISSION
}
