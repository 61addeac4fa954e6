package io.segue.bundles.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.segue.kernel.api.node.NodeSettings.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsFolderTest {
  /** The files that the distribution ships. */
  private static final Path DISTRIBUTION = Path.of("../../../distribution/src/main/etc");

  private static final String RPC = "io.segue.rpc";
  private static final String STORE = "io.segue.store";

  @TempDir Path folder;
  private final Map<String, Map<String, String>> given = new HashMap<>();
  private boolean refuses;
  private SettingsFolder settings;

  @BeforeEach
  void open() {
    settings = new SettingsFolder(folder, DISTRIBUTION, this::give);
  }

  private void give(String part, Map<String, String> values) throws IOException {
    if (refuses) {
      throw new IOException("No space left on device");
    }
    given.put(part, values);
  }

  @Test
  void keepsWhatWasInForceWhereAValueCanNotBeUsedAndNamesFileKeyValueAndWhatIsAllowed()
      throws IOException {
    save(RPC, "port = 1234 ", "threads = 4");
    save(RPC, "port = banana", "threads = 5");

    assertThat(given.get(RPC)).isEqualTo(Map.of("port", "1234", "threads", "5"));
    assertThat(faults(RPC))
        .containsExactly(new Fault("etc/io.segue.rpc.cfg", "port", "banana", "0 to 65535", "1234"));
    assertThat(faults(RPC).get(0).text())
        .isEqualTo(
            "etc/io.segue.rpc.cfg: port = banana can't be used; allowed: 0 to 65535. In force: 1234");

    save(RPC, "port = 1235", "threads = 5");
    assertThat(given.get(RPC)).containsEntry("port", "1235");
    assertThat(faults(RPC)).isEmpty();
  }

  @Test
  void keepsAllOfAFileThatIsMovedAway() throws IOException {
    save(RPC, "port = 1234");
    given.clear();
    Files.delete(folder.resolve(RPC + ".cfg"));
    settings.look();
    settings.look();

    assertThat(given).isEmpty();
    assertThat(faults(RPC)).singleElement().extracting(Fault::text).asString().contains("missing");
    save(RPC, "port = 1234");
    assertThat(faults(RPC)).isEmpty();
  }

  @Test
  void keepsAllOfAFileThatCanNotBeRead() throws IOException {
    save(RPC, "port = 1234");
    given.clear();
    save(RPC, "port = 12\\u00zz");

    assertThat(given).isEmpty();
    assertThat(faults(RPC)).singleElement().extracting(Fault::text).asString().contains("read");
  }

  @Test
  void startsWithTheDefaultInPlaceOfWhatCanNotBeUsed() throws IOException {
    save(RPC, "port = banana", "threads = 5");

    assertThat(given.get(RPC)).isEqualTo(Map.of("threads", "5"));
    assertThat(faults(RPC).get(0).inForce()).isEqualTo("the default, 26657");
  }

  @Test
  void startsWithWhatDoesNoHarmWhereTheDefaultWould() throws IOException {
    save(STORE, "pruning = noting");
    assertThat(given.get(STORE)).isEqualTo(Map.of("pruning", "nothing"));

    save("io.segue.kernel", "halt-height = 1OO", "skip-heights = 5,x");
    assertThat(given.get("io.segue.kernel"))
        .isEqualTo(Map.of("halt-height", "unknown", "skip-heights", "unknown"));
    assertThat(faults("io.segue.kernel")).hasSize(2);
    save("io.segue.kernel", "halt-height = 100", "skip-heights = 5,6");
    assertThat(given.get("io.segue.kernel"))
        .isEqualTo(Map.of("halt-height", "100", "skip-heights", "5,6"));
  }

  @Test
  void keepsAllThatWasInForceWhereValuesDoNotGoTogether() throws IOException {
    save(STORE, "pruning = nothing");
    save(STORE, "pruning = custom", "pruning-keep-recent = 100", "pruning-interval = 5");

    assertThat(given.get(STORE)).isEqualTo(Map.of("pruning", "nothing"));
    assertThat(faults(STORE).toString()).contains("10 or more", "with pruning = custom");
    save(STORE, "pruning = custom", "pruning-keep-recent = 100", "pruning-interval = 10");
    assertThat(given.get(STORE)).containsEntry("pruning", "custom");
  }

  @Test
  void startsHarmlesslyWhereValuesDoNotGoTogether() throws IOException {
    save(STORE, "pruning = custom", "pruning-keep-recent = 100", "pruning-interval = 5");

    assertThat(given.get(STORE)).isEqualTo(Map.of("pruning", "nothing"));
  }

  @Test
  void tellsOfAKeyThatThereIsNoneOfAndKeepsTheOneThatIsProbablyMeant() throws IOException {
    save(RPC, "port = 1234");
    save(RPC, "prot = 1235");

    assertThat(given.get(RPC)).containsEntry("port", "1234");
    assertThat(faults(RPC)).singleElement().satisfies(f -> assertThat(f.key()).isEqualTo("prot"));
    assertThat(faults(RPC).get(0).allowed()).contains("port");
  }

  @Test
  void namesAFileThatTheNodeNeedsAndThatIsMissingAtTheStart() {
    settings.look();

    assertThat(settings.faults())
        .extracting(Fault::file)
        .containsExactly(
            "etc/io.segue.kernel.cfg", "etc/io.segue.store.cfg", "etc/io.segue.upgrade.cfg");
  }

  @Test
  void givesAgainWhatCouldNotBeGiven() throws IOException {
    save(RPC, "port = 1234");
    refuses = true;
    save(RPC, "port = 1235");
    assertThat(faults(RPC).toString()).contains("No space left on device");
    refuses = false;
    settings.look();
    settings.look();

    assertThat(given.get(RPC)).containsEntry("port", "1235");
    assertThat(faults(RPC)).isEmpty();
  }

  @Test
  void leavesPartsThatTheDistributionDoesNotKnowAlone() throws IOException {
    save("org.example.usb", "anything = goes");

    assertThat(given.get("org.example.usb")).isEqualTo(Map.of("anything", "goes"));
    assertThat(faults("org.example.usb")).isEmpty();
  }

  @Test
  void allOfTheDistributionsOwnFilesCanBeUsed() throws IOException {
    try (var files = Files.newDirectoryStream(DISTRIBUTION, "*.cfg")) {
      for (Path file : files) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
    settings.look();

    assertThat(settings.faults()).isEmpty();
    assertThat(given.get("io.segue.consensus.solo")).containsEntry("blockIntervalMs", "1000");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "io.segue.consensus.solo!blockIntervalMs!0,3600000!-1,3600001,banana,1.5,''",
        "io.segue.consensus.solo!blocksKept!0,100!1,99,-5",
        "io.segue.consensus.solo!indexEvents!true,false!ture,1",
        "io.segue.consensus.solo!moniker!me!''",
        "io.segue.sidecar.exec!command.other!/bin/true!bin/true",
        "io.segue.sidecar.fetch!schemes!https!ftp,''",
        "io.segue.sidecar.build!maven!'',/usr/bin/mvn!mvn",
        "io.segue.kernel!minimumGasPrices!'',0.025stake!stake,1",
        "io.segue.kernel!unusedArtifactsKeptMs!-1,0!-2,9223372036854775808",
        "io.segue.upgrade!admit!''!abc"
      })
  void knowsWhatIsAllowed(String part, String key, String good, String bad) throws IOException {
    for (String value : good.split(",")) {
      save(part, key + " = " + value.replace("'", ""));
      assertThat(faults(part)).as(value).isEmpty();
    }
    for (String value : bad.split(",")) {
      save(part, key + " = " + value.replace("'", ""));
      assertThat(faults(part)).as(value).extracting(Fault::key).containsExactly(key);
    }
  }

  private List<Fault> faults(String part) {
    return settings.faults().stream()
        .filter(fault -> fault.file().equals("etc/" + part + ".cfg"))
        .toList();
  }

  /** Saves a file and looks until it is the same in two looks. */
  private void save(String part, String... lines) throws IOException {
    Path incoming = folder.resolve("." + part);
    Files.writeString(incoming, String.join("\n", lines) + "\n");
    Files.deleteIfExists(folder.resolve(part + ".cfg"));
    Files.move(incoming, folder.resolve(part + ".cfg"));
    settings.look();
    settings.look();
  }
}
