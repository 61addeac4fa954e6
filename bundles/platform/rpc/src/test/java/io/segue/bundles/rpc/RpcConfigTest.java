package io.segue.bundles.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RpcConfigTest {
  private static final Path SHIPPED =
      Path.of("../../../distribution/src/main/etc/io.segue.rpc.cfg").toAbsolutePath();

  @Test
  void takesLegalSettings() {
    RpcConfig config =
        RpcConfig.of(settings(Map.of("port", 1234, "maxBatchRequests", 3, "threads", 5)));
    assertThat(config.http().port()).isEqualTo(1234);
    assertThat(config.http().threads()).isEqualTo(5);
    assertThat(config.maxBatchRequests()).isEqualTo(3);
    assertThat(config.maxSubscriptionClients()).isEqualTo(100);
    assertThat(config.maxSubscriptionsPerClient()).isEqualTo(5);
  }

  @Test
  void namesKeyFileAndLegalValuesOfWhatItRefuses() {
    assertRefused("port", 70000, "0 to 65535");
    assertRefused("maxBodyBytes", 10, "1024 to");
    assertRefused("threads", 0, "1 to 256");
    assertRefused("maxBatchRequests", 0, "1 to 1000");
    assertRefused("maxSubscriptionClients", -1, "0 to");
    assertRefused("maxSubscriptionsPerClient", 0, "1 to");
  }

  @Test
  void hasEverySettingInTheFileThatIsShippedWithItsDefault() throws Exception {
    List<String> lines = Files.readAllLines(SHIPPED);
    for (Method setting : RpcSettings.class.getDeclaredMethods()) {
      Object value = setting.getDefaultValue();
      String shown = value instanceof String[] ? "" : " " + value;
      assertThat(lines).contains(setting.getName() + " =" + shown);
    }
  }

  private static void assertRefused(String key, int value, String legal) {
    assertThatThrownBy(() -> RpcConfig.of(settings(Map.of(key, value))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(key + " = " + value)
        .hasMessageContaining(legal)
        .hasMessageContaining("etc/io.segue.rpc.cfg");
  }

  private static RpcSettings settings(Map<String, Object> values) {
    return (RpcSettings)
        Proxy.newProxyInstance(
            RpcSettings.class.getClassLoader(),
            Stream.of(RpcSettings.class, Annotation.class).toArray(Class<?>[]::new),
            (proxy, method, args) ->
                values.getOrDefault(method.getName(), method.getDefaultValue()));
  }
}
