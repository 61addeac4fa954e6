/** The files of a home folder that the engine reads, in CometBFT's forms. */
@NullMarked
package io.segue.bundles.consensus.solo.config;

import org.jspecify.annotations.NullMarked;
