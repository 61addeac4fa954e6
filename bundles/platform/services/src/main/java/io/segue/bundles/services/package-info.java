/** The query services of a node: transactions, blocks, validators, settings. */
@NullMarked
package io.segue.bundles.services;

import org.jspecify.annotations.NullMarked;
