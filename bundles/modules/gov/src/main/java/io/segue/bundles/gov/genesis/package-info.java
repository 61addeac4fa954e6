/**
 * Genesis in and out: {@link io.segue.bundles.gov.genesis.GovGenesis} reads it, {@link
 * io.segue.bundles.gov.genesis.GovExport} writes it.
 */
@NullMarked
package io.segue.bundles.gov.genesis;

import org.jspecify.annotations.NullMarked;
