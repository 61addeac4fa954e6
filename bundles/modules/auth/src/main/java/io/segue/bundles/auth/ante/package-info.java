/** The steps that every transaction passes before its messages run. */
@NullMarked
package io.segue.bundles.auth.ante;

import org.jspecify.annotations.NullMarked;
