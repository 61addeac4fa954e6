/** The node's REST server: every query of the generation of a height, as its descriptors say. */
@NullMarked
package io.segue.bundles.rest;

import org.jspecify.annotations.NullMarked;
