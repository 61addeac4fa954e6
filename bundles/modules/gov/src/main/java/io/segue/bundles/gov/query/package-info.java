/**
 * Answers to clients: {@link io.segue.bundles.gov.query.GovQueries}, and the same as {@link
 * io.segue.bundles.gov.query.LegacyQueries} in the {@link io.segue.bundles.gov.query.LegacyForms}
 * of v1beta1.
 */
@NullMarked
package io.segue.bundles.gov.query;

import org.jspecify.annotations.NullMarked;
