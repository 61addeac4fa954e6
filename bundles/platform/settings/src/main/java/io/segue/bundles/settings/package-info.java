/** Reads the settings in {@code etc/} and gives each part those that it can use. */
@NullMarked
package io.segue.bundles.settings;

import org.jspecify.annotations.NullMarked;
