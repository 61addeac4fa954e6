/**
 * What governance keeps, and whatever else its parts share. {@link
 * io.segue.bundles.gov.state.GovState} draws the store, in which {@link
 * io.segue.bundles.gov.state.ProposalCodec} writes proposals, with {@link
 * io.segue.bundles.gov.state.OpaqueMessages} where JSON can't carry one. {@link
 * io.segue.bundles.gov.state.GovParams} and {@link io.segue.bundles.gov.state.TextLimits} are what
 * proposals have to keep to. What clients see is in {@link io.segue.bundles.gov.state.GovEvents}
 * and {@link io.segue.bundles.gov.state.GovErrors}.
 */
@NullMarked
package io.segue.bundles.gov.state;

import org.jspecify.annotations.NullMarked;
