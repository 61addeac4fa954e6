package io.segue.bundles.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.segue.bundles.store.rocksdb.database.RawRows;
import io.segue.bundles.store.rocksdb.database.StoreOptions;
import io.segue.kernel.core.crash.CrashPoint;
import io.segue.kernel.core.crash.RestoreCrashPoint;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A node that is killed while it restores a snapshot has all of it afterwards, or nothing. */
class KilledRestoreTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(RestoreCrashPoint.class)
  void beginsEmptyOrWithTheWholeState(RestoreCrashPoint place) throws Exception {
    assertThat(run("-D" + CrashPoint.PROPERTY + "=" + place)).containsExactly("-1");
    boolean committed = place == RestoreCrashPoint.RESTORE_COMMITTED;
    Path state = folder.resolve("home/data/state");
    try (RocksStateStore store = RocksStateStore.open(state, StoreOptions.defaults())) {
      assertThat(store.height()).isEqualTo(committed ? RestoringProcess.HEIGHT : -1);
    }
    assertThat(RawRows.numbers(state)).hasSize(committed ? 2 : 0);

    List<String> again = run("-Dagain=true");
    assertThat(again.get(0)).isEqualTo(committed ? "2" : "-1");
    assertThat(again.get(1)).as("the next block has the same root").isEqualTo("true");
    assertThat(folder.resolve("home/data/snapshots/incoming-offered")).doesNotExist();
  }

  private List<String> run(String option) throws Exception {
    Path output = Files.createTempFile(folder, "output", ".txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Xmx512m",
                "-Djava.io.tmpdir=" + folder,
                option,
                RestoringProcess.class.getName(),
                folder.toString())
            .redirectOutput(output.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertThat(process.waitFor())
        .isEqualTo(option.contains(CrashPoint.PROPERTY) ? CrashPoint.EXIT_STATUS : 0);
    return Files.readAllLines(output, StandardCharsets.UTF_8).stream()
        .filter(line -> line.matches("-?[0-9]+|true|false"))
        .toList();
  }
}
