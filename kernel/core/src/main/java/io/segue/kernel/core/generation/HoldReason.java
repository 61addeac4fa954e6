package io.segue.kernel.core.generation;

/** Why a generation can't be had: what a node that holds for it waits for. */
public enum HoldReason {
  /** Bytes that a generation needs are not in the content store: deploy the artifact. */
  MISSING,
  /** Bytes have another digest than they are asked for by. */
  WRONG_DIGEST,
  /** The artifact is not a bundle or an archive of bundles, or passes a limit. */
  ARTIFACT,
  /** A manifest can't be understood. */
  MANIFEST,
  /** A bundle asks for what a bundle of a generation may not have. */
  ADMISSION,
  /** What the generation declares and what is there do not fit together. */
  COMPOSITION,
  /** The generation needs newer kernel rules than this node knows: a newer distribution. */
  NEWER_KERNEL,
  /** A bundle could not be installed. */
  INSTALL,
  /** A bundle's imports can't be satisfied, or one of its classes can't be loaded. */
  UNRESOLVED,
  /** A module factory is no factory, or failed. */
  FACTORY,
  /** The modules do not make a set, or one of them can't be read. */
  MODULES,
  /** The upgrade handler can't be made. */
  HANDLER,
  /** Reading or writing the content store failed. */
  STORAGE
}
