package io.segue.bundles.cli.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SamplesTest {
  @Test
  void takesTheNearestRank() {
    Samples samples = new Samples();
    for (int i = 100; i >= 1; i--) {
      samples.add(i);
    }
    assertThat(samples.quantile(0.5)).isEqualTo(50);
    assertThat(samples.quantile(0.99)).isEqualTo(99);
    assertThat(samples.quantile(0)).isEqualTo(1);
    assertThat(samples.quantile(1)).isEqualTo(100);
  }

  @Test
  void saysTheGreatestAsP99OfFew() {
    Samples samples = new Samples();
    samples.add(3.14159);
    samples.add(2.5);
    assertThat(samples.json().path("samples").asInt()).isEqualTo(2);
    assertThat(samples.json().path("median").asDouble()).isEqualTo(2.5);
    assertThat(samples.json().path("p99").asDouble()).isEqualTo(3.1);
  }
}
