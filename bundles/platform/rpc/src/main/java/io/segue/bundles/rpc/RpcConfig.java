package io.segue.bundles.rpc;

import io.segue.bundles.http.HttpSettings;
import io.segue.bundles.rpc.subscription.Subscriptions;

/** Settings that were checked; {@code http} has those of every server. */
record RpcConfig(
    HttpSettings http,
    int maxBatchRequests,
    int maxSubscriptionClients,
    int maxSubscriptionsPerClient) {
  static final String PID = "io.segue.rpc";
  static final String FILE = "etc/" + PID + ".cfg";

  /** Most requests of a batch, as CometBFT's {@code max_request_batch_size}. */
  static final int DEFAULT_MAX_BATCH_REQUESTS = 10;

  private static final int MAX_BATCH_REQUESTS = 1000;
  private static final int MAX_CLIENTS = 100_000;
  private static final int MAX_SUBSCRIPTIONS = 1000;

  /**
   * Checks settings.
   *
   * @throws IllegalArgumentException that names the key, the file and the legal values
   */
  RpcConfig {
    within("maxBatchRequests", maxBatchRequests, 1, MAX_BATCH_REQUESTS);
    within("maxSubscriptionClients", maxSubscriptionClients, 0, MAX_CLIENTS);
    within("maxSubscriptionsPerClient", maxSubscriptionsPerClient, 1, MAX_SUBSCRIPTIONS);
  }

  /** The defaults of what is not HTTP's. */
  RpcConfig(HttpSettings http) {
    this(
        http,
        DEFAULT_MAX_BATCH_REQUESTS,
        Subscriptions.DEFAULT_MAX_CLIENTS,
        Subscriptions.DEFAULT_MAX_PER_CLIENT);
  }

  static RpcConfig of(RpcSettings settings) {
    return new RpcConfig(
        HttpSettings.of("rpc", FILE)
            .listen(settings.host(), settings.port())
            .corsAllowedOrigins(settings.corsAllowedOrigins())
            .allowedHosts(settings.allowedHosts())
            .threads(settings.threads())
            .maxQueuedRequests(settings.maxQueuedRequests())
            .maxBodyBytes(settings.maxBodyBytes())
            .maxHeaderBytes(settings.maxHeaderBytes())
            .maxOpenConnections(settings.maxOpenConnections())
            .maxBufferedBytes(settings.maxBufferedBytes())
            .maxWebSocketQueueBytes(settings.maxWebSocketQueueBytes())
            .requestTimeoutSeconds(settings.requestTimeoutSeconds())
            .answerTimeoutSeconds(settings.answerTimeoutSeconds())
            .idleTimeoutSeconds(settings.idleTimeoutSeconds()),
        settings.maxBatchRequests(),
        settings.maxSubscriptionClients(),
        settings.maxSubscriptionsPerClient());
  }

  private static void within(String key, int value, int min, int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          "%s = %d in %s is refused: legal is %d to %d".formatted(key, value, FILE, min, max));
    }
  }
}
