/**
 * The module {@code auth}: how transactions look, who signed them, what they pay, and the accounts.
 *
 * <p>{@code format} decodes, {@code ante} checks, {@code account} keeps, {@code query} answers.
 */
@NullMarked
package io.segue.bundles.auth;

import org.jspecify.annotations.NullMarked;
