package io.segue.bundles.http;

import java.util.concurrent.CompletionStage;

/** Answers requests. Written by who uses the server, called by the server. */
@FunctionalInterface
public interface HttpHandler {
  /**
   * Answers a request that is complete. Called on one of the server's few worker threads: what
   * waits long for something else returns a stage that is completed later, by any thread.
   *
   * @return the answer; a stage that fails is answered with 500 and the failure's text, and logged
   * @throws Exception as a stage that fails
   */
  CompletionStage<HttpResponse> handle(HttpRequest request) throws Exception;

  /**
   * The answer to what the server refuses by itself. Called on a thread that serves many
   * connections, so it does nothing but make the answer.
   *
   * @param status 400 malformed, 403 host or origin, 408 too slow, 413 body, 414 line, 431 headers,
   *     500 the handler failed, 503 busy
   * @param why a sentence for the client
   */
  default HttpResponse refused(int status, String why) {
    return HttpResponse.text(status, why + "\n");
  }
}
