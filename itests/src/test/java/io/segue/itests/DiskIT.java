package io.segue.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.segue.bundles.nodes.Distribution;
import io.segue.bundles.nodes.TemporaryHome;
import io.segue.bundles.sdk.Addresses;
import io.segue.kernel.testkit.SmallDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Disks that fail under a running node, folder by folder: it says so, serves, and goes on by itself
 * once they do not. Where file systems may not be mounted the node may not lengthen any file
 * instead.
 */
class DiskIT {
  /** Bytes of the file system of each folder of the home. */
  private static final Map<String, Long> FOLDERS = folders();

  private static final int MESSAGES = 7;
  private static final int RECEIVERS = 1000;

  @TempDir Path folder;

  private static Map<String, Long> folders() {
    Map<String, Long> folders = new LinkedHashMap<>();
    folders.put("data", 64L << 20);
    // With the room that RocksDB wants before it writes again.
    folders.put("data/state", 512L << 20);
    folders.put("data/blocks/log", 8L << 20);
    folders.put("data/blocks/index", 64L << 20);
    folders.put("data/artifacts", 32L << 20);
    folders.put("config", 1L << 20);
    return folders;
  }

  @Test
  void waitsForEachDiskAndServesMeanwhile() throws IOException {
    boolean mounts = SmallDisk.permitted();
    Map<String, SmallDisk> disks = new LinkedHashMap<>();
    try (TestedNode node = TestedNode.init(folder.resolve("home"), "--voting-period", "10s")) {
      node.set("io.segue.store", "writeBufferMb", "1");
      if (mounts) {
        for (String name : FOLDERS.keySet()) {
          disks.put(name, mount(node.home().resolve(name), FOLDERS.get(name)));
        }
      }
      node.start().awaitHeight(2);

      if (mounts) {
        holdsWhileFull(node, disks.get("data/blocks/log"), "engine", "alice");
        grow(node, disks.get("data/state"));
        holdsWhileFull(node, disks.get("data/state"), "block", "validator");
        startsOnceThereIsRoom(node, disks.get("data/state"));
        indexesLaterAndMakesBlocks(node, disks.get("data/blocks/index"));
        refusesToDeploy(node, disks.get("data/artifacts"));
        refusesToDeploy(node, disks.get("config"));
        // The framework's cache of bundles is in it.
        refusesToDeploy(node, disks.get("data"));
        takesTheSidecarUpLater(node, disks.get("data"));
        tellsOfAPlanThatCanNotBeAnnounced(node, disks.get("data"));
      } else {
        limitFiles(node, "4096");
        awaitHeld(node, "engine", "STORAGE");
        limitFiles(node, "unlimited");
      }
      node.awaitHeight(node.height() + 2);
      assertThat(node.health().statusCode()).isEqualTo(200);
      node.segue("tx", "bank", "send", "alice", "validator", "7stake", "--wait");
      node.stop();
    } finally {
      List<SmallDisk> mounted = new ArrayList<>(disks.values());
      for (int i = mounted.size() - 1; i >= 0; i--) {
        mounted.get(i).close();
      }
    }
  }

  private static void holdsWhileFull(TestedNode node, SmallDisk disk, String part, String sender)
      throws IOException {
    disk.fill();
    awaitHeld(node, part, "DISK_FULL");
    long height = node.height();
    JsonNode status = node.shell("node:status");
    assertThat(status.path("state").asText()).isEqualTo("HELD");
    assertThat(status.toString()).contains("make room on the disk");
    assertThat(node.shell("upgrade:status").at("/holds/0/part").asText()).isEqualTo(part);
    assertThat(node.segue("query", "bank", "balances", "alice").toString()).contains("stake");
    assertThat(node.run("tx", "bank", "send", sender, "validator", "7stake").output())
        .containsAnyOf("hash", "busy, held");
    node.inShell("upgrade:retry");
    assertThat(node.height()).isEqualTo(height);
    disk.free();
    node.awaitHeight(height + 2);
    assertThat(node.health().statusCode()).isEqualTo(200);
  }

  /** Fills a disk, and the log that RocksDB has laid out there, by a transaction of many writes. */
  private void grow(TestedNode node, SmallDisk disk) throws IOException {
    ObjectNode tx =
        (ObjectNode)
            node.segue(
                "tx",
                "bank",
                "send",
                "alice",
                "validator",
                "1stake",
                "--gas",
                "2000000000",
                "--generate-only");
    ArrayNode messages = (ArrayNode) tx.at("/body/messages");
    JsonNode send = messages.remove(0);
    for (int i = 0; i < MESSAGES; i++) {
      ObjectNode message = messages.addObject();
      message.put("@type", "/cosmos.bank.v1beta1.MsgMultiSend");
      addShare(message.putArray("inputs"), send.path("from_address").asText(), RECEIVERS);
      ArrayNode outputs = message.putArray("outputs");
      for (int k = 0; k < RECEIVERS; k++) {
        byte[] address = Addresses.module("new" + i + "-" + k);
        addShare(outputs, GovernedChain.ADDRESSES.account(address), 1);
      }
    }
    Path unsigned = Files.writeString(folder.resolve("unsigned.json"), tx.toString());
    String text = node.command("tx", "sign", unsigned.toString(), "--from", "alice");
    Path signed = Files.writeString(folder.resolve("signed.json"), text);
    disk.fill();
    node.command("tx", "broadcast", signed.toString());
  }

  private static void addShare(ArrayNode shares, String address, int stake) {
    ObjectNode share = shares.addObject().put("address", address);
    share.putArray("coins").addObject().put("denom", "stake").put("amount", "" + stake);
  }

  private static void startsOnceThereIsRoom(TestedNode node, SmallDisk disk) throws IOException {
    node.stop();
    disk.fill();
    node.start();
    node.until("the hold", () -> status(node).contains("the disk is full: the state in "));
    disk.free();
    node.until("the way on", () -> isWell(node));
  }

  private static String status(TestedNode node) {
    return node.tryInShell("node:status").output();
  }

  /** What an operator deploys is on the disk before the command says so, and nothing stays else. */
  private static void refusesToDeploy(TestedNode node, SmallDisk disk) throws IOException {
    String deploy = "upgrade:deploy " + Distribution.upgrade("v2").toAbsolutePath();
    disk.fill();
    TestedNode.Result refused = node.tryInShell(deploy);
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.output()).contains("No space left on device");
    long height = node.height();
    node.awaitHeight(height + 1);
    disk.free();
    node.inShell(deploy);
    node.inShell("upgrade:cancel-prepared v2");
    // A block forgets it, and what it frees then would make room on the next disk that is filled.
    Path decided = node.home().resolve("config/instead-of");
    node.until("the cancellation", () -> Files.size(decided) == 0);
  }

  private static void takesTheSidecarUpLater(TestedNode node, SmallDisk disk) throws IOException {
    disk.fill();
    Path folder = Files.createDirectories(node.home().resolve("sidecars"));
    BrokenUpgrade.plain(folder.resolve("usb.jar"), "org.example.usb");
    Path refused = folder.resolve("usb.jar.refused");
    node.until("the refusal", () -> Files.exists(refused));
    assertThat(refused).content().contains("No space left on device", "tries again by itself");
    disk.free();
    node.until("the sidecar", () -> Files.exists(folder.resolve("usb.jar.deployed")));
  }

  /** Started on a full disk: RocksDB writes on for long in the log that it has laid out. */
  private static void indexesLaterAndMakesBlocks(TestedNode node, SmallDisk disk)
      throws IOException {
    node.stop();
    disk.fill();
    node.start();
    awaitHeld(node, "index", "DISK_FULL");
    node.awaitHeight(node.height() + 2);
    String hash =
        node.segue("tx", "bank", "send", "alice", "validator", "8stake").path("hash").asText();
    assertThat(hash).hasSize(64);
    disk.free();
    node.until("the transaction", () -> node.run("query", "tx", hash).status() == 0);
    node.until("health", () -> isWell(node));
  }

  private static boolean isWell(TestedNode node) throws IOException {
    return node.health().statusCode() == 200;
  }

  private static void tellsOfAPlanThatCanNotBeAnnounced(TestedNode node, SmallDisk disk)
      throws IOException {
    disk.fill();
    UpgradePlans.pass(node, "v2", 1000, "");
    awaitHeld(node, "plan files", "DISK_FULL");
    node.awaitHeight(node.height() + 1);
    disk.free();
    Path file = node.home().resolve("data/upgrade-info.json");
    node.until("the file", () -> Files.exists(file));
  }

  private static void awaitHeld(TestedNode node, String part, String reason) {
    node.until(
        part + " to hold",
        () -> {
          String health = node.health().body();
          return health.contains("\"part\":\"" + part + "\"") && health.contains(reason);
        });
  }

  /** Mounts over a folder, with what is in it. */
  private static SmallDisk mount(Path folder, long sizeBytes) throws IOException {
    Path aside = folder.resolveSibling(folder.getFileName() + ".aside");
    boolean there = Files.isDirectory(folder);
    if (there) {
      Files.move(folder, aside);
    }
    SmallDisk disk = SmallDisk.at(folder, sizeBytes);
    if (there) {
      TemporaryHome.copy(aside, folder);
    }
    return disk;
  }

  private static void limitFiles(TestedNode node, String bytes) throws IOException {
    Process limit =
        new ProcessBuilder("prlimit", "--pid", "" + node.pid(), "--fsize=" + bytes + ":")
            .redirectErrorStream(true)
            .start();
    assertThat(limit.getInputStream().readAllBytes()).isEmpty();
  }
}
