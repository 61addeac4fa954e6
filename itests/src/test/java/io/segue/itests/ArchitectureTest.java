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
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
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
 * nothing uses a module, a handler or a sidecar; the testkit alone reaches into the kernel; of the
 * client, {@code bundles.offline} alone knows an engine and the state store. The client uses
 * admission, which knows nothing of the kernel.
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
      bundles.cli: bundles.cli.bench bundles.cli.chain bundles.cli.check bundles.cli.console \
          bundles.cli.demo bundles.cli.diverge bundles.cli.home bundles.cli.init \
          bundles.cli.keyring bundles.cli.keys bundles.cli.project bundles.cli.query \
          bundles.cli.terminal bundles.cli.testnet bundles.cli.tx bundles.nodes \
          bundles.shell.client kernel.api
      bundles.cli.bench: bundles.cli.bench.measure bundles.cli.bench.network bundles.cli.chain \
          bundles.cli.console bundles.cli.home bundles.cli.keyring bundles.nodes bundles.sdk \
          kernel.api
      bundles.cli.bench.measure: bundles.cli.chain bundles.cli.console bundles.cli.home \
          bundles.cli.init bundles.cli.keyring bundles.nodes bundles.sdk kernel.api
      bundles.cli.bench.network: bundles.cli.bench.measure bundles.cli.chain bundles.cli.console \
          bundles.cli.home bundles.cli.init bundles.cli.keyring bundles.cli.testnet bundles.nodes \
          bundles.sdk kernel.api
      bundles.cli.chain: bundles.cli.console bundles.cli.keyring bundles.descriptors bundles.nodes \
          bundles.sdk kernel.api
      bundles.cli.check: bundles.cli.console bundles.nodes bundles.shell.output \
          kernel.admission kernel.admission.artifact kernel.api
      bundles.cli.console: bundles.sdk bundles.shell.output kernel.api
      bundles.cli.demo: bundles.cli.chain bundles.cli.console bundles.cli.home bundles.cli.init \
          bundles.cli.keyring bundles.cli.testnet bundles.nodes bundles.sdk bundles.shell.client
      bundles.cli.diverge: bundles.cli.chain bundles.cli.console bundles.cli.home \
          bundles.services.proto.store
      bundles.cli.home: bundles.cli.chain bundles.cli.console kernel.api
      bundles.cli.init: bundles.cli.console bundles.cli.home bundles.cli.keyring bundles.cli.keys \
          bundles.nodes bundles.sdk kernel.api
      bundles.cli.keyring: bundles.cli.console bundles.nodes bundles.sdk kernel.api
      bundles.cli.keys: bundles.cli.console bundles.cli.home bundles.cli.keyring bundles.sdk \
          kernel.api
      bundles.cli.module: bundles.cli.chain bundles.cli.console bundles.cli.keyring \
          bundles.descriptors bundles.sdk kernel.api
      bundles.cli.project: bundles.cli.console bundles.nodes kernel.api
      bundles.cli.query: bundles.cli.chain bundles.cli.console bundles.cli.home \
          bundles.cli.keyring bundles.cli.module bundles.descriptors bundles.nodes bundles.sdk
      bundles.cli.terminal: bundles.shell.client
      bundles.cli.testnet: bundles.cli.chain bundles.cli.console bundles.cli.home bundles.cli.init \
          bundles.nodes kernel.api
      bundles.cli.tx: bundles.cli.chain bundles.cli.console bundles.cli.home bundles.cli.keyring \
          bundles.cli.module bundles.descriptors bundles.nodes bundles.sdk kernel.api
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
      bundles.gov: bundles.gov.deposit bundles.gov.genesis bundles.gov.proposal bundles.gov.query \
          bundles.gov.state bundles.sdk kernel.api
      bundles.gov.deposit: bundles.gov.proposal bundles.gov.state bundles.sdk kernel.api
      bundles.gov.genesis: bundles.gov.deposit bundles.gov.proposal bundles.gov.state bundles.sdk \
          kernel.api
      bundles.gov.proposal: bundles.gov.state bundles.sdk kernel.api
      bundles.gov.query: bundles.gov.deposit bundles.gov.proposal bundles.gov.state bundles.sdk \
          kernel.api
      bundles.gov.state: bundles.sdk kernel.api
      bundles.grpc: bundles.grpc.proto kernel.api
      bundles.http: kernel.api
      bundles.metrics: bundles.http kernel.api
      bundles.nodes: bundles.shell.client kernel.api
      bundles.offline.blocks: bundles.cli.console bundles.cli.home bundles.consensus.comet.rpc \
          bundles.consensus.solo bundles.consensus.solo.blockfile bundles.store.rocksdb \
          bundles.store.rocksdb.database kernel.api
      bundles.offline.replay: bundles.cli.console bundles.cli.home bundles.cli.init \
          bundles.consensus.solo.blockfile bundles.nodes kernel.api
      bundles.rest: bundles.descriptors bundles.http kernel.api
      bundles.rpc: bundles.http bundles.rpc.call bundles.rpc.json bundles.rpc.method \
          bundles.rpc.subscription kernel.api
      bundles.rpc.call: bundles.rpc.json kernel.api
      bundles.rpc.json: kernel.api
      bundles.rpc.method: bundles.rpc.call bundles.rpc.json bundles.rpc.query kernel.api
      bundles.rpc.query: kernel.api
      bundles.rpc.subscription: bundles.http bundles.rpc.call bundles.rpc.json bundles.rpc.method \
          bundles.rpc.query kernel.api
      bundles.sdk: kernel.api
      bundles.services: bundles.rpc.query bundles.sdk bundles.services.proto.autocli \
          bundles.services.proto.consensus bundles.services.proto.health \
          bundles.services.proto.node bundles.services.proto.p2p bundles.services.proto.reflection \
          bundles.services.proto.reflection.v1beta1 bundles.services.proto.reflection.v2alpha1 \
          bundles.services.proto.store bundles.services.proto.tendermint bundles.services.proto.tx \
          bundles.services.proto.types bundles.services.proto.version kernel.api
      bundles.settings: kernel.api
      bundles.shell: bundles.shell.client bundles.shell.command bundles.shell.socket kernel.api
      bundles.shell.client: bundles.shell.socket
      bundles.shell.command: bundles.shell.client bundles.shell.output kernel.api
      bundles.shell.command.chain: bundles.shell.command bundles.shell.output kernel.api
      bundles.shell.command.gov: bundles.shell.command bundles.shell.output
      bundles.shell.command.node: bundles.shell.command bundles.shell.output kernel.api
      bundles.shell.command.store: bundles.shell.command bundles.shell.output kernel.api
      bundles.shell.command.upgrade: bundles.shell.command bundles.shell.command.node \
          bundles.shell.output kernel.api
      bundles.shell.output: kernel.api
      bundles.sidecar.build: bundles.bnd kernel.api
      bundles.sidecar.exec: kernel.api
      bundles.sidecar.fetch: kernel.api
      bundles.staking: bundles.sdk bundles.staking.delegation bundles.staking.genesis \
          bundles.staking.query bundles.staking.state bundles.staking.validator kernel.api
      bundles.staking.delegation: bundles.sdk bundles.staking.state bundles.staking.validator \
          kernel.api
      bundles.staking.genesis: bundles.sdk bundles.staking.delegation bundles.staking.state \
          bundles.staking.validator kernel.api
      bundles.staking.query: bundles.sdk bundles.staking.delegation bundles.staking.state \
          bundles.staking.validator kernel.api
      bundles.staking.state: bundles.sdk kernel.api
      bundles.staking.validator: bundles.sdk bundles.staking.state kernel.api
      bundles.store.rocksdb: bundles.store.rocksdb.bulk bundles.store.rocksdb.change \
          bundles.store.rocksdb.commit bundles.store.rocksdb.database bundles.store.rocksdb.tree \
          bundles.store.rocksdb.view kernel.api
      bundles.store.rocksdb.bulk: bundles.store.rocksdb.database bundles.store.rocksdb.tree \
          kernel.api
      bundles.store.rocksdb.change: bundles.store.rocksdb.database bundles.store.rocksdb.tree \
          kernel.api
      bundles.store.rocksdb.commit: bundles.store.rocksdb.bulk bundles.store.rocksdb.change \
          bundles.store.rocksdb.database bundles.store.rocksdb.tree kernel.api
      bundles.store.rocksdb.database: bundles.rocksdb bundles.store.rocksdb.tree kernel.api
      bundles.store.rocksdb.view: bundles.store.rocksdb.bulk bundles.store.rocksdb.change \
          bundles.store.rocksdb.commit bundles.store.rocksdb.database bundles.store.rocksdb.tree \
          kernel.api
      bundles.upgrade: bundles.sdk kernel.api
      kernel.admission: kernel.admission.artifact kernel.admission.code kernel.api
      kernel.admission.artifact: kernel.admission.load
      kernel.admission.code: kernel.admission.allow kernel.admission.load kernel.api
      kernel.core.assembly: kernel.admission kernel.admission.artifact kernel.api \
          kernel.core.content kernel.core.crash kernel.core.fingerprint kernel.core.gas \
          kernel.core.generation kernel.core.hold kernel.core.module
      kernel.core.block: kernel.api kernel.core.crash kernel.core.exec kernel.core.fingerprint \
          kernel.core.gas kernel.core.generation kernel.core.hold kernel.core.module kernel.core.overlay \
          kernel.core.plan kernel.core.upgrade
      kernel.core.check: kernel.api kernel.core.exec kernel.core.gas kernel.core.module \
          kernel.core.overlay kernel.core.plan
      kernel.core.content: kernel.admission.artifact kernel.api kernel.core.hold
      kernel.core.crash: kernel.api
      kernel.core.exec: kernel.api kernel.core.crash kernel.core.gas kernel.core.module \
          kernel.core.overlay kernel.core.plan
      kernel.core.fingerprint: kernel.api kernel.core.module
      kernel.core.gas: kernel.api kernel.core.plan
      kernel.core.generation: kernel.admission.artifact kernel.api kernel.core.crash \
          kernel.core.fingerprint kernel.core.hold kernel.core.module
      kernel.core.hold: kernel.admission kernel.admission.artifact kernel.api kernel.core.overlay
      kernel.core.module: kernel.admission.artifact kernel.api
      kernel.core.node: kernel.admission kernel.admission.artifact kernel.api kernel.core.assembly \
          kernel.core.block kernel.core.check kernel.core.content kernel.core.crash \
          kernel.core.exec kernel.core.gas kernel.core.generation kernel.core.hold \
          kernel.core.module kernel.core.overlay kernel.core.plan kernel.core.query \
          kernel.core.snapshot kernel.core.upgrade
      kernel.core.osgi: kernel.admission.artifact kernel.api kernel.core.block kernel.core.check \
          kernel.core.content kernel.core.generation kernel.core.hold kernel.core.node \
          kernel.core.snapshot
      kernel.core.overlay: kernel.api kernel.core.gas
      kernel.core.plan: kernel.api
      kernel.core.query: kernel.api kernel.core.check kernel.core.exec kernel.core.gas \
          kernel.core.module kernel.core.overlay
      kernel.core.snapshot: kernel.admission.artifact kernel.api kernel.core.content \
          kernel.core.hold
      kernel.core.upgrade: kernel.admission kernel.admission.artifact kernel.api \
          kernel.core.assembly kernel.core.content kernel.core.crash kernel.core.generation \
          kernel.core.hold kernel.core.module kernel.core.plan
      kernel.testkit: kernel.admission kernel.admission.artifact kernel.api kernel.core.block \
          kernel.core.generation kernel.core.hold kernel.core.node kernel.core.snapshot \
          kernel.testkit.internal
      kernel.testkit.determinism: kernel.api kernel.testkit kernel.testkit.modules
      kernel.testkit.internal: kernel.admission.artifact kernel.core.generation kernel.core.hold
      kernel.testkit.modules: kernel.api kernel.core.check kernel.core.exec kernel.core.gas \
          kernel.core.module kernel.core.overlay kernel.core.query kernel.core.upgrade \
          kernel.testkit
      upgrade.handlers.v2: bundles.sdk kernel.api upgrade.handlers.v2.bank.proto
      upgrade.handlers.v2.feemarket: bundles.sdk kernel.api upgrade.handlers.v2.feemarket.proto
      upgrade.handlers.v3: bundles.sdk kernel.api
      """;

  /** Names that several classes have since they are the same idea, and why it is there twice. */
  private static final Map<String, String> SHARED_NAMES =
      Map.ofEntries(
          Map.entry("ApiBaselineTest", "holds what builders compile against to a recorded text"),
          Map.entry("EndBlocker", "what each module does at the end of a block"),
          Map.entry("FakeApplication", "of a test: the application as far as its tests need it"),
          Map.entry("FakeChain", "of a test: a chain as far as its tests need it"),
          Map.entry("FakeEngine", "of a test: the engine as far as its tests need it"),
          Map.entry("FakeNode", "of a test: a node as far as its tests need it"),
          Map.entry("Home", "the folder of a node; launcher and client share no jar"),
          Map.entry("NamedResultsTest", "names all that a module computes by a digest"),
          Map.entry("RecordedResultsTest", "compares with what an earlier version recorded"),
          Map.entry("Sha256", "kernel and bundles share interfaces alone"),
          Map.entry("ValidatorSet", "who decides: of the module staking, and of the engine"),
          Map.entry("Vectors", "of a test: what others computed, from its resources"));

  private static final Map<String, Set<String>> USES = uses();

  @Test
  void packagesUseWhatTheTableAllows() {
    assertThat(lines(USES))
        .as("a changed line is a decision about the architecture: see the class's Javadoc")
        .containsExactlyInAnyOrderElementsOf(ALLOWED.replaceAll(" +", " ").lines().toList());
  }

  @Test
  void noPackageIsReachedFromItself() {
    Map<String, Set<String>> reached = new TreeMap<>();
    USES.keySet().forEach(name -> reached.put(name, reached(name)));
    Set<Set<String>> circles = new HashSet<>();
    for (String name : USES.keySet()) {
      if (reached.get(name).contains(name)) {
        circles.add(
            reached.get(name).stream()
                .filter(other -> reached.getOrDefault(other, Set.of()).contains(name))
                .collect(Collectors.toCollection(TreeSet::new)));
      }
    }
    assertThat(circles).as("packages that use each other, over whatever way").isEmpty();
  }

  /** Generations keep copies of modules under their names, and so do versions of an example. */
  @Test
  void noTwoClassesShareANameUnlessTheyAreTheSameIdea() throws IOException {
    Map<String, Set<String>> sources = new TreeMap<>();
    for (String folder : List.of("kernel", "bundles", "distribution/launcher", "itests")) {
      try (Stream<Path> files = Files.walk(PROJECT.resolve(folder))) {
        files
            .filter(file -> file.toString().matches(".*/src/(main|test)/java/.*\\.java"))
            .forEach(
                file ->
                    sources
                        .computeIfAbsent(file.getFileName().toString(), name -> new TreeSet<>())
                        .add(PROJECT.relativize(file).toString()));
      }
    }
    sources.remove("package-info.java");
    sources.values().removeIf(files -> files.size() == 1);
    assertThat(sources.keySet())
        .as("names of several classes: %s", sources)
        .containsExactlyInAnyOrderElementsOf(
            SHARED_NAMES.keySet().stream().map(name -> name + ".java").toList());
  }

  /** All that a package uses, and what that uses, and so on. */
  private static Set<String> reached(String name) {
    Set<String> reached = new TreeSet<>();
    Deque<String> next = new ArrayDeque<>(USES.getOrDefault(name, Set.of()));
    while (!next.isEmpty()) {
      String used = next.remove();
      if (reached.add(used)) {
        next.addAll(USES.getOrDefault(used, Set.of()));
      }
    }
    return reached;
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
