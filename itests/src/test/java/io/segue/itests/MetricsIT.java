package io.segue.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.segue.bundles.nodes.Distribution;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a monitor sees of a running node, and that the dashboard in docs/ shows what there is. */
class MetricsIT {
  private static final Pattern NAME =
      Pattern.compile("\\b(?:cometbft|segue|tx|jvm|server)_[a-z_]+\\b");

  @TempDir Path folder;

  @Test
  void tellsWhatTheDashboardShows() throws IOException {
    try (TestedNode node = TestedNode.init(folder.resolve("home"))) {
      node.start().awaitHeight(1);
      String url = node.served("Metrics are").replace("/metrics", "");
      node.until("readiness", () -> get(url + "/health/ready").contains("\"ready\":true"));
      assertThat(get(url + "/health/live")).isEqualTo("{\"live\":true}");

      node.inShell("upgrade:deploy " + Distribution.upgrade("v2").toAbsolutePath());
      UpgradePlans.pass(node, "v2", 100_000, "");
      node.segue("tx", "bank", "send", "alice", "validator", "7stake", "--wait");
      String metrics = get(url + "/metrics");
      assertThat(metrics).contains("plan=\"v2\",state=\"READY\"").contains("segue_held{");
      assertThat(shown()).allSatisfy(name -> assertThat(metrics).contains("\n" + name + "{"));
    }
  }

  /** Names in the dashboard's queries; {@code segue_hold} is there only while something holds. */
  private static Set<String> shown() throws IOException {
    JsonNode dashboard =
        new ObjectMapper().readTree(Path.of("..", "docs", "grafana", "segue.json").toFile());
    Set<String> names = new TreeSet<>();
    for (JsonNode expression : dashboard.findValues("expr")) {
      Matcher name = NAME.matcher(expression.asText());
      assertThat(name.find()).as(expression.asText()).isTrue();
      names.add(name.group());
    }
    assertThat(names).hasSizeGreaterThan(10).contains("segue_hold");
    names.remove("segue_hold");
    return names;
  }

  private static String get(String url) {
    try (InputStream in = new URL(url).openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "" + e.getMessage();
    }
  }
}
