/**
 * What is deposited on proposals. {@link io.segue.bundles.gov.deposit.DepositRules} say how much it
 * must be, {@link io.segue.bundles.gov.deposit.Deposits} come in to the {@link
 * io.segue.bundles.gov.deposit.GovAccount}, and {@link
 * io.segue.bundles.gov.deposit.DepositSettlements} give them back or burn them, block by block.
 */
@NullMarked
package io.segue.bundles.gov.deposit;

import org.jspecify.annotations.NullMarked;
