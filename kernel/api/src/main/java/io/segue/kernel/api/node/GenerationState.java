package io.segue.kernel.api.node;

/** What a node has a generation for. */
public enum GenerationState {
  /** It executed no height yet, and can. */
  READY,
  /** It executes the next height. */
  CURRENT,
  /** It answers for past heights. */
  SERVING,
  /** It is of past heights, and loaded when one of them is asked for. */
  UNLOADED,
  /** No height of it can be asked for any more. */
  RETIRED
}
