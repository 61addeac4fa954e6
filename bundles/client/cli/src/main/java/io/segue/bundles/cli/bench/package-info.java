/**
 * {@code segue bench}: {@code BenchCommand} lists the benchmarks, one class each. What they measure
 * with is in {@code measure}, networks of validators are in {@code network}.
 */
package io.segue.bundles.cli.bench;
