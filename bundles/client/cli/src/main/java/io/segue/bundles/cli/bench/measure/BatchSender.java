package io.segue.bundles.cli.bench.measure;

import com.fasterxml.jackson.databind.JsonNode;
import io.segue.bundles.cli.console.Output;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.Callable;

/** Sends prepared batches one after the other over one connection. */
final class BatchSender implements Callable<BatchSender.Outcome> {
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI uri;
  private final List<byte[]> batches;

  BatchSender(URI uri, List<byte[]> batches) {
    this.uri = uri;
    this.batches = batches;
  }

  /**
   * How it went.
   *
   * @param firstRefusal empty where none was refused
   */
  record Outcome(long taken, long refused, String firstRefusal) {}

  @Override
  public Outcome call() throws IOException, InterruptedException {
    long taken = 0;
    long refused = 0;
    String firstRefusal = "";
    for (byte[] batch : batches) {
      HttpRequest request =
          HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.ofByteArray(batch)).build();
      byte[] body = http.send(request, HttpResponse.BodyHandlers.ofByteArray()).body();
      JsonNode answer = Output.JSON.readTree(body);
      for (JsonNode one : answer.isArray() ? answer : Output.JSON.createArrayNode().add(answer)) {
        if (one.path("result").path("code").asInt(-1) == 0) {
          taken++;
        } else {
          refused++;
          firstRefusal = firstRefusal.isEmpty() ? one.toString() : firstRefusal;
        }
      }
    }
    return new Outcome(taken, refused, firstRefusal);
  }
}
