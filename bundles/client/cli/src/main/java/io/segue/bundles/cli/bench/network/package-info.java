/**
 * The benchmark of networks: {@code NetworkBench} compares {@code SegueNetwork} with {@code
 * SimdNetwork}, which {@code SimdHomes} sets up, under the same {@code NetworkLoad}.
 */
package io.segue.bundles.cli.bench.network;
