/**
 * {@code segue init}: {@code InitCommand} with its {@code ChainOptions}; {@code NewHome}, which
 * writes the folder of a node; {@code GenesisBuilder}, or {@code ImportedGenesis} of an exported
 * state; {@code ValidatorKey}; {@code GenesisBundles}, to which a chain is bound.
 */
package io.segue.bundles.cli.init;
