/** Answers about accounts. */
@NullMarked
package io.segue.bundles.auth.query;

import org.jspecify.annotations.NullMarked;
