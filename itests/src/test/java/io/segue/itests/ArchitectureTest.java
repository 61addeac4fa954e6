package io.segue.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Which packages may use which. The table is the whole truth: a use that it does not list fails,
 * and so does a line that lists what is not used.
 *
 * <p>Names are those of packages without {@code io.segue}; all packages of the API count as {@code
 * kernel.api}, and the private copies of the sdk in bundles as {@code bundles.sdk}. A package that
 * uses nothing of Segue is not listed.
 *
 * <p>What can be read off it: bundles use the API and never the kernel; no module uses another, and
 * nothing uses a module, a handler or a sidecar; the testkit alone reaches into the kernel.
 */
class ArchitectureTest {
  private static final String ROOT = "io.segue.";
  private static final Path PROJECT = Path.of(System.getProperty("user.dir")).getParent();

  private static final String ALLOWED =
      """
      bundles.auth: bundles.auth.account bundles.auth.ante bundles.auth.format bundles.auth.query \
          bundles.sdk kernel.api
      bundles.auth.account: bundles.sdk kernel.api
      bundles.auth.ante: bundles.auth.account bundles.auth.format bundles.sdk kernel.api
      bundles.auth.format: bundles.sdk kernel.api
      bundles.auth.query: bundles.auth.account bundles.sdk kernel.api
      bundles.bank: bundles.sdk kernel.api upgrade.handlers.v2.bank.proto
      bundles.cli: bundles.cli.bench bundles.cli.chain bundles.cli.demo bundles.cli.diverge \
          bundles.cli.project bundles.cli.query bundles.cli.replay bundles.cli.terminal \
          bundles.cli.testnet bundles.cli.tx bundles.consensus.comet.rpc bundles.consensus.solo \
          bundles.consensus.solo.blockfile bundles.sdk bundles.shell.client \
          bundles.shell.output bundles.store.rocksdb kernel.api
      bundles.cli.bench: bundles.cli bundles.cli.chain bundles.cli.process bundles.cli.testnet \
          bundles.sdk kernel.api
      bundles.cli.chain: bundles.cli bundles.descriptors bundles.sdk kernel.api
      bundles.cli.demo: bundles.cli bundles.cli.chain bundles.cli.process bundles.cli.testnet \
          bundles.sdk bundles.shell.client
      bundles.cli.diverge: bundles.cli bundles.cli.chain bundles.services.proto.store
      bundles.cli.module: bundles.cli bundles.cli.chain bundles.descriptors bundles.sdk kernel.api
      bundles.cli.process: bundles.cli bundles.cli.chain bundles.sdk bundles.shell.client \
          kernel.api
      bundles.cli.project: bundles.cli kernel.api
      bundles.cli.query: bundles.cli bundles.cli.chain bundles.cli.module bundles.descriptors \
          bundles.sdk
      bundles.cli.replay: bundles.cli bundles.cli.process bundles.consensus.solo.blockfile \
          kernel.api
      bundles.cli.terminal: bundles.shell.client
      bundles.cli.testnet: bundles.cli bundles.cli.chain bundles.cli.process kernel.api
      bundles.cli.tx: bundles.cli bundles.cli.chain bundles.cli.module bundles.descriptors \
          bundles.sdk kernel.api
      bundles.consensus.comet: bundles.consensus.comet.abci bundles.consensus.comet.rpc kernel.api
      bundles.consensus.comet.abci: bundles.consensus.comet.proto bundles.shell.socket kernel.api
      bundles.consensus.comet.rpc: kernel.api
      bundles.consensus.solo: bundles.consensus.solo.agent bundles.consensus.solo.blockfile \
          bundles.consensus.solo.chain bundles.consensus.solo.config \
          bundles.consensus.solo.mempool bundles.consensus.solo.store bundles.consensus.solo.wire \
          kernel.api
      bundles.consensus.solo.agent: kernel.api
      bundles.consensus.solo.blockfile: bundles.consensus.solo.wire kernel.api
      bundles.consensus.solo.chain: bundles.consensus.solo.agent bundles.consensus.solo.mempool \
          bundles.consensus.solo.store bundles.consensus.solo.wire kernel.api
      bundles.consensus.solo.config: bundles.consensus.solo.chain kernel.api
      bundles.consensus.solo.mempool: bundles.consensus.solo.wire kernel.api
      bundles.consensus.solo.replay: bundles.consensus.solo.agent bundles.consensus.solo.blockfile \
          bundles.consensus.solo.chain bundles.consensus.solo.config bundles.consensus.solo.wire \
          kernel.api
      bundles.consensus.solo.store: bundles.consensus.solo.agent bundles.consensus.solo.wire \
          bundles.rocksdb kernel.api
      bundles.consensus.solo.wire: kernel.api
      bundles.crypto: kernel.api
      bundles.descriptors: kernel.api
      bundles.gov: bundles.sdk kernel.api
      bundles.grpc: bundles.grpc.proto kernel.api
      bundles.metrics: bundles.http kernel.api
      bundles.rest: bundles.descriptors bundles.http kernel.api
      bundles.rpc: bundles.http bundles.rpc.query kernel.api
      bundles.rpc.query: kernel.api
      bundles.sdk: kernel.api
      bundles.services: bundles.rpc.query bundles.sdk bundles.services.proto.autocli \
          bundles.services.proto.consensus bundles.services.proto.health \
          bundles.services.proto.node bundles.services.proto.p2p \
          bundles.services.proto.reflection bundles.services.proto.reflection.v1beta1 \
          bundles.services.proto.reflection.v2alpha1 bundles.services.proto.store \
          bundles.services.proto.tendermint bundles.services.proto.tx \
          bundles.services.proto.types bundles.services.proto.version kernel.api
      bundles.settings: kernel.api
      bundles.shell: bundles.shell.client bundles.shell.command bundles.shell.socket kernel.api
      bundles.shell.client: bundles.shell.socket
      bundles.shell.command: bundles.shell bundles.shell.client bundles.shell.output kernel.api
      bundles.sidecar.build: bundles.bnd kernel.api
      bundles.sidecar.exec: kernel.api
      bundles.sidecar.fetch: kernel.api
      bundles.staking: bundles.sdk kernel.api
      bundles.store.rocksdb: bundles.rocksdb bundles.store.rocksdb.tree kernel.api
      bundles.upgrade: bundles.sdk kernel.api
      kernel.core.block: kernel.api kernel.core.crash kernel.core.exec kernel.core.generation \
          kernel.core.plan kernel.core.upgrade
      kernel.core.code: kernel.api
      kernel.core.crash: kernel.api
      kernel.core.exec: kernel.api kernel.core.crash kernel.core.plan
      kernel.core.generation: kernel.api kernel.core.code kernel.core.crash kernel.core.exec
      kernel.core.node: kernel.api kernel.core.block kernel.core.crash kernel.core.exec \
          kernel.core.generation kernel.core.plan kernel.core.snapshot kernel.core.upgrade
      kernel.core.osgi: kernel.api kernel.core.block kernel.core.exec kernel.core.generation \
          kernel.core.node kernel.core.snapshot kernel.core.upgrade
      kernel.core.plan: kernel.api
      kernel.core.snapshot: kernel.api kernel.core.generation
      kernel.core.upgrade: kernel.api kernel.core.crash kernel.core.exec kernel.core.generation \
          kernel.core.plan
      kernel.testkit: kernel.api kernel.core.block kernel.core.exec kernel.core.generation \
          kernel.core.node kernel.core.snapshot
      kernel.testkit.determinism: kernel.api kernel.core.exec kernel.testkit \
          kernel.testkit.modules
      kernel.testkit.modules: kernel.api kernel.core.exec kernel.core.upgrade kernel.testkit
      upgrade.handlers.v2: bundles.sdk kernel.api upgrade.handlers.v2.bank.proto
      upgrade.handlers.v2.feemarket: bundles.sdk kernel.api upgrade.handlers.v2.feemarket.proto
      upgrade.handlers.v3: kernel.api
      """;

  /** Packages that use each other. Each pair is one to take apart; none is to be added. */
  private static final Set<String> CONFESSED_CYCLES =
      Set.of(
          // The session runs commands, and commands answer with the shell's exception.
          "bundles.shell <-> bundles.shell.command",
          // The root command lists the groups of commands, and they use what it gives to all.
          "bundles.cli <-> bundles.cli.bench",
          "bundles.cli <-> bundles.cli.chain",
          "bundles.cli <-> bundles.cli.demo",
          "bundles.cli <-> bundles.cli.diverge",
          "bundles.cli <-> bundles.cli.project",
          "bundles.cli <-> bundles.cli.query",
          "bundles.cli <-> bundles.cli.replay",
          "bundles.cli <-> bundles.cli.testnet",
          "bundles.cli <-> bundles.cli.tx");

  private static final Map<String, Set<String>> USES = uses();

  @Test
  void packagesUseWhatTheTableAllows() {
    assertThat(lines(USES))
        .as("a changed line is a decision about the architecture: see the class's Javadoc")
        .containsExactlyInAnyOrderElementsOf(ALLOWED.replaceAll(" +", " ").lines().toList());
  }

  @Test
  void noTwoPackagesUseEachOther() {
    Set<String> cycles = new TreeSet<>();
    USES.forEach(
        (name, used) -> {
          for (String other : used) {
            if (USES.getOrDefault(other, Set.of()).contains(name) && name.compareTo(other) < 0) {
              cycles.add(name + " <-> " + other);
            }
          }
        });
    assertThat(cycles).isEqualTo(new TreeSet<>(CONFESSED_CYCLES));
  }

  private static Map<String, Set<String>> uses() {
    ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
    ClassFileImporter importer =
        new ClassFileImporter().withImportOption(ArchitectureTest::isWrittenHere);
    Map<String, Set<String>> uses = new TreeMap<>();
    for (JavaClass one : importer.importPaths(classes())) {
      for (Dependency dependency : one.getDirectDependenciesFromSelf()) {
        JavaClass target = dependency.getTargetClass().getBaseComponentType();
        if (target.getPackageName().startsWith(ROOT) && !name(target).equals(name(one))) {
          uses.computeIfAbsent(name(one), key -> new TreeSet<>()).add(name(target));
        }
      }
    }
    return uses;
  }

  /** Neither a bundle's copy of the sdk nor made by protoc. */
  private static boolean isWrittenHere(Location location) {
    return !location.contains("/proto/")
        && (!location.contains("/io/segue/bundles/sdk/")
            || location.contains("/bundles/libraries/sdk/target/"));
  }

  /** The compiled classes of all modules but the tests' own. */
  private static List<Path> classes() {
    try (Stream<Path> files = Files.walk(PROJECT, 5)) {
      return files
          .filter(file -> file.endsWith("target/classes"))
          .filter(file -> !file.startsWith(PROJECT.resolve("itests")))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String name(JavaClass one) {
    String name = one.getPackageName().replaceFirst("^io\\.segue\\.", "");
    return Stream.of("kernel.api", "bundles.sdk")
        .filter(whole -> name.equals(whole) || name.startsWith(whole + "."))
        .findFirst()
        .orElse(name);
  }

  private static List<String> lines(Map<String, Set<String>> uses) {
    return uses.entrySet().stream()
        .map(entry -> entry.getKey() + ": " + String.join(" ", entry.getValue()))
        .toList();
  }
}
