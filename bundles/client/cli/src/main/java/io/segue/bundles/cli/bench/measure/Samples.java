package io.segue.bundles.cli.bench.measure;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.segue.bundles.cli.console.Output;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Measured values of one thing. Not thread safe. */
public final class Samples {
  private final List<Double> values = new ArrayList<>();

  public void add(double value) {
    values.add(value);
  }

  public void addAll(Samples others) {
    values.addAll(others.values);
  }

  public int size() {
    return values.size();
  }

  public boolean isEmpty() {
    return values.isEmpty();
  }

  /** The value that a part of the samples does not exceed: the nearest rank. */
  public double quantile(double part) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    int rank = (int) Math.ceil(part * sorted.size());
    return sorted.get(Math.max(1, rank) - 1);
  }

  /** Number, median, 99th percentile, least and greatest, to a tenth. */
  public ObjectNode json() {
    ObjectNode json = Output.object();
    json.put("samples", values.size());
    json.put("median", rounded(quantile(0.5)));
    json.put("p99", rounded(quantile(0.99)));
    json.put("min", rounded(quantile(0)));
    json.put("max", rounded(quantile(1)));
    return json;
  }

  private static double rounded(double value) {
    return Math.round(value * 10) / 10.0;
  }
}
