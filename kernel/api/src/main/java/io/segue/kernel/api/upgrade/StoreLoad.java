package io.segue.kernel.api.upgrade;

/** One preparation of stored state, asked for by an upgrade handler and done by the kernel. */
public sealed interface StoreLoad {
  /** The store it is about, as progress shows it. */
  String store();

  /** A new, empty store. */
  record Add(String store) implements StoreLoad {}

  /** A store under another name; the same time for one key as for millions. */
  record Rename(String store, String newName) implements StoreLoad {}

  /** A store no longer wanted; the same time for one key as for millions. */
  record Delete(String store) implements StoreLoad {}

  /** Every entry of a store, written again; see {@link Rewriter}. */
  record Rewrite(String store, Rewriter rewriter) implements StoreLoad {}

  /**
   * A store filled by the application's own loader; it is new, or takes the place of the one of its
   * name. See {@link StoreLoader}.
   */
  record Custom(String store, StoreLoader loader) implements StoreLoad {}
}
