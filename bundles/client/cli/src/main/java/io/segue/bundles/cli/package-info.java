/** The command line: keys, transactions, queries, a node's home, demo and benchmarks. */
package io.segue.bundles.cli;
