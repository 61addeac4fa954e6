package io.segue.bundles.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.segue.bundles.http.HttpHandler;
import io.segue.bundles.http.HttpRequest;
import io.segue.bundles.http.HttpResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers monitors: {@code /metrics} in Prometheus's text format; {@code /health/live}, status 200
 * while the process answers; {@code /health/ready}, status 200 while the node makes blocks, else
 * 503; both with JSON, {@code {"ready": false, "reasons": ["..."]}}. Thread safe.
 */
final class MetricsServer implements HttpHandler {
  private static final int UNAVAILABLE = 503;

  private final JsonFactory json = new JsonFactory();
  private final Supplier<PrometheusRegistry> registries;
  private final Supplier<List<String>> obstacles;

  private @Nullable PrometheusRegistry registry;

  /**
   * @param registries called once, for the first who asks for metrics
   * @param obstacles why the node is not ready; empty where it is
   */
  MetricsServer(Supplier<PrometheusRegistry> registries, Supplier<List<String>> obstacles) {
    this.registries = registries;
    this.obstacles = obstacles;
  }

  @Override
  public CompletionStage<HttpResponse> handle(HttpRequest request) throws IOException {
    return CompletableFuture.completedFuture(answer(request));
  }

  private HttpResponse answer(HttpRequest request) throws IOException {
    if (!request.method().equals("GET")) {
      return HttpResponse.text(405, request.method() + " is not answered here; use GET\n");
    }
    return switch (request.path()) {
      case "/metrics" -> metrics();
      case "/health/live" -> HttpResponse.json(200, "{\"live\":true}".getBytes(UTF_8));
      case "/health/ready" -> ready(obstacles.get());
      default ->
          HttpResponse.text(
              404,
              "there is /metrics, /health/live and /health/ready, not " + request.path() + "\n");
    };
  }

  private HttpResponse metrics() throws IOException {
    PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    writer.write(out, registry().scrape());
    return HttpResponse.of(200, writer.getContentType(), out.toByteArray());
  }

  private synchronized PrometheusRegistry registry() {
    PrometheusRegistry made = registry;
    if (made == null) {
      made = registries.get();
      registry = made;
    }
    return made;
  }

  private HttpResponse ready(List<String> reasons) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator generator = json.createGenerator(out)) {
      generator.writeStartObject();
      generator.writeBooleanField("ready", reasons.isEmpty());
      generator.writeArrayFieldStart("reasons");
      for (String reason : reasons) {
        generator.writeString(reason);
      }
      generator.writeEndArray();
      generator.writeEndObject();
    }
    return HttpResponse.json(reasons.isEmpty() ? 200 : UNAVAILABLE, out.toByteArray());
  }
}
