package io.segue.bundles.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class RpcConfigTest {
  @Test
  void takesLegalSettings() {
    RpcConfig config = config(26657, 1_000_000, 16);
    assertThat(config.port()).isEqualTo(26657);
    assertThat(config.corsAllowedOrigins()).containsExactly("*");
  }

  @Test
  void namesKeyFileAndLegalValuesOfWhatItRefuses() {
    assertRefused(() -> config(70000, 1_000_000, 16), "port = 70000", "0 to 65535");
    assertRefused(() -> config(1, 10, 16), "maxBodyBytes = 10", "1024 to");
    assertRefused(() -> config(1, 1_000_000, 0), "threads = 0", "1 to 256");
  }

  private static void assertRefused(ThrowingCallable settings, String what, String legal) {
    assertThatThrownBy(settings)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(what)
        .hasMessageContaining(legal)
        .hasMessageContaining("etc/io.segue.rpc.cfg");
  }

  private static RpcConfig config(int port, int maxBodyBytes, int threads) {
    return new RpcConfig("127.0.0.1", port, List.of("*"), maxBodyBytes, threads);
  }
}
