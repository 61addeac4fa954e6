package io.segue.bundles.metrics;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one scrape tells: gauges by name, of which several with other labels make one metric; texts;
 * histograms.
 */
final class Gauges {
  private final Labels common;
  private final List<MetricSnapshot> others = new ArrayList<>();
  private final Map<String, GaugeSnapshot.Builder> byName = new TreeMap<>();

  /**
   * @param common labels of every gauge
   */
  Gauges(Labels common) {
    this.common = common;
  }

  /**
   * Adds a value.
   *
   * @param labels names and values in turn
   */
  void add(String name, String help, double value, String... labels) {
    byName
        .computeIfAbsent(name, n -> GaugeSnapshot.builder().name(n).help(help))
        .dataPoint(
            GaugeDataPointSnapshot.builder()
                .labels(common.merge(Labels.of(labels)))
                .value(value)
                .build());
  }

  /**
   * Adds a text, as a label of a metric that is 1.
   *
   * @param name ends with {@code _info} in the answer
   * @param labels names and values in turn
   */
  void info(String name, String help, String... labels) {
    others.add(
        InfoSnapshot.builder()
            .name(name)
            .help(help)
            .dataPoint(
                InfoDataPointSnapshot.builder().labels(common.merge(Labels.of(labels))).build())
            .build());
  }

  /**
   * Adds a histogram.
   *
   * @param bounds upper ones of its buckets, the last one infinite
   * @param counts of each bucket alone
   */
  void histogram(String name, String help, List<Double> bounds, List<Long> counts, double sum) {
    others.add(
        HistogramSnapshot.builder()
            .name(name)
            .help(help)
            .dataPoint(
                HistogramDataPointSnapshot.builder()
                    .labels(common)
                    .classicHistogramBuckets(ClassicHistogramBuckets.of(bounds, counts))
                    .sum(sum)
                    .build())
            .build());
  }

  List<MetricSnapshot> snapshots() {
    List<MetricSnapshot> all = new ArrayList<>(others);
    byName.values().forEach(gauge -> all.add(gauge.build()));
    return all;
  }
}
