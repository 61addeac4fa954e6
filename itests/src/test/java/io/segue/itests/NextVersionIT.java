package io.segue.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code segue new} makes of modules that exist, built with its tests. That of an own module
 * runs on a node in {@link NamesIT}.
 */
class NextVersionIT {
  @TempDir Path folder;

  @Test
  void aShippedModuleIsReplacedByItsNextVersion() throws Exception {
    NewProject.make(folder, "upgrade", "spring", "--module", "bank");
    NewProject.build(folder.resolve("spring"));
    try (TestedNode node = TestedNode.init(folder.resolve("home")).start().awaitHeight(2)) {
      assertThat(version(node, "bank")).isEqualTo(1);
      node.inShell("upgrade:deploy " + folder.resolve("spring/target/spring.zip"));
      node.awaitHeight(UpgradePlans.pass(node, "spring", UpgradePlans.AHEAD, "") + 1);

      assertThat(version(node, "bank")).isEqualTo(2);
      String alice = node.segue("keys", "show", "alice").path("address").asText();
      node.segue("tx", "bank", "send", "alice", alice, "1stake", "--wait");
    }
  }

  @Test
  void aModuleGetsMessagesAndQueries() throws Exception {
    NewProject.make(folder, "module", "book");
    NewProject.make(folder.resolve("book"), "message", "Renew", "--signer", "owner");
    NewProject.make(folder.resolve("book/src"), "query", "EntryCount");

    NewProject.build(folder.resolve("book"));

    for (String test : new String[] {"MsgRenewTest", "QueryEntryCountTest"}) {
      assertThat(
              folder.resolve("book/target/surefire-reports/TEST-com.example.book." + test + ".xml"))
          .exists();
    }
  }

  private static long version(TestedNode node, String module) {
    for (JsonNode each : node.shell("module:versions").path("modules")) {
      if (each.path("name").asText().equals(module)) {
        return each.path("version").asLong();
      }
    }
    throw new AssertionError("no module " + module);
  }
}
