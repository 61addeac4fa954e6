/**
 * What benchmarks share: nodes that they start ({@code BenchNode}, {@code BenchPlan}, {@code
 * EmptyUpgrade}), the load that they make ({@code TransferLoad}, {@code TransferRounds}, {@code
 * ExcessClients} with {@code HttpConnection} and {@code GrpcConnection}), and what they measure
 * ({@code BlockCount}, {@code Memory}, {@code JvmMemory}, {@code Samples}).
 */
package io.segue.bundles.cli.bench.measure;
