/** {@code segue demo}: a node under load upgrades itself, told as a story with real figures. */
@NullMarked
package io.segue.bundles.cli.demo;

import org.jspecify.annotations.NullMarked;
