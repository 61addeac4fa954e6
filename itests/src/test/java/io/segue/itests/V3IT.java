package io.segue.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.segue.bundles.nodes.Distribution;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.revwalk.RevCommit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole node from genesis through v2 to v3, which it builds itself from a commit. */
class V3IT {

  @TempDir Path folder;

  @Test
  void goesThroughV2ToAV3ThatItBuildsFromACommit() throws Exception {
    String commit = commitSources();
    try (TestedNode node = TestedNode.init(folder.resolve("home"))) {
      node.set("io.segue.upgrade", "sidecars", "fetch,build");
      node.set("io.segue.sidecar.build", "schemes", "file");
      node.start().awaitHeight(1);
      long pid = node.pid();
      String early = send(node);
      JsonNode built = node.shell("sidecar:build file://" + folder.resolve("v3") + " " + commit);

      node.inShell("upgrade:deploy " + Distribution.upgrade("v2").toAbsolutePath());
      node.awaitHeight(UpgradePlans.pass(node, "v2", UpgradePlans.AHEAD, "") + 1);
      long height = UpgradePlans.pass(node, "v3", 100, built.path("info").toString());
      node.awaitHeight(height + 1);

      JsonNode status = node.shell("node:status");
      assertThat(status.path("generation").asText()).isEqualTo("v3");
      assertThat(status.path("pid").asLong()).isEqualTo(pid);
      assertThat(UpgradePlans.status(node).path("loads").toString())
          .contains("rename staking to stakes", "delete feemarket", "add upgradeparams");
      assertThat(node.home().resolve("data/artifacts").resolve(built.path("sha256").asText()))
          .exists();
      send(node);
      assertThat(node.segue("query", "tx", early).path("code").asInt()).isZero();
      assertThat(node.segue("query", "auth", "account", "alice").toString())
          .contains("BaseAccount", "secp256k1");
      assertThat(node.segue("query", "gov", "proposal", "1").toString())
          .contains("PROPOSAL_STATUS_PASSED", "MsgSoftwareUpgrade");
      assertThat(node.segue("query", "staking", "params").toString()).contains("bond_denom");
      node.stop();

      node.start().awaitHeight(height + 2);
      assertThat(node.shell("node:status").path("generation").asText()).isEqualTo("v3");
    }
  }

  /** Sends coins; the transaction's hash. */
  private static String send(TestedNode node) {
    return node.segue("tx", "bank", "send", "alice", "validator", "7stake", "--wait")
        .path("hash")
        .asText();
  }

  /** A repository with the sources of plan v3, as its builder would publish them. */
  private String commitSources() throws Exception {
    Path sources = Distribution.folder().resolve("../../../upgrade-handlers/v3").normalize();
    Path repository = Files.createDirectory(folder.resolve("v3"));
    try (Stream<Path> files = Files.walk(sources)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path path = sources.relativize(file);
        if (!path.toString().contains("target/")) {
          Files.createDirectories(repository.resolve(path).getParent());
          Files.copy(file, repository.resolve(path));
        }
      }
    }
    try (Git git = Git.init().setDirectory(repository.toFile()).call()) {
      git.add().addFilepattern(".").call();
      RevCommit commit =
          git.commit()
              .setMessage("Plan v3")
              .setAuthor("Builder", "builder@example.org")
              .setCommitter("Builder", "builder@example.org")
              .setSign(false)
              .call();
      return commit.getName();
    }
  }
}
