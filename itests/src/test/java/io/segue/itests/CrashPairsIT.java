package io.segue.itests;

import static org.assertj.core.api.Assertions.assertThat;

import io.segue.bundles.nodes.Distribution;
import io.segue.bundles.nodes.TemporaryHome;
import io.segue.kernel.core.crash.CrashPoint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Stops a process at every place of an upgrade, and its successor at a second place: whatever the
 * pair, the next one finds the roots of the run that nobody disturbed, without any step by hand.
 * Each build begins at every sixth place, and tries one second place in {@value #SHORT_FORM}; the
 * property {@value #ALL} has it try every pair.
 *
 * <p>See {@link CrashIT} for whole nodes, and {@code segue bench kills} for random moments.
 */
class CrashPairsIT {
  /** System property that asks for every pair. */
  static final String ALL = "segue.crash.allPairs";

  /** Of so many second places one is tried, where not all are asked for. */
  static final int SHORT_FORM = 23;

  @TempDir static Path folder;

  private static String info;
  private static String roots;

  @BeforeAll
  static void runUndisturbed() throws Exception {
    info = UpgradePlans.info("https://127.0.0.1/v2.zip", Distribution.upgrade("v2"));
    roots = CrashRun.run(Files.createDirectory(folder.resolve("undisturbed")), info);
  }

  @ParameterizedTest
  @MethodSource("firstPlaces")
  void findsTheUndisturbedRootsAfterAKillAtAPlaceAndAtASecondOne(CrashPoint first)
      throws Exception {
    Path once = Files.createDirectory(folder.resolve(first.name()));
    assertThat(CrashRun.fork(once, info, first))
        .as("the place was reached")
        .isEqualTo(CrashPoint.EXIT_STATUS);
    Set<CrashPoint> again =
        Arrays.stream(CrashPoint.values())
            .parallel()
            .filter(second -> tried(first, second))
            .filter(second -> killedAgain(once, first, second))
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(CrashPoint.class)));
    assertThat(CrashRun.run(once, info)).isEqualTo(roots);
    System.out.printf("after %s a second kill was reached at %s%n", first, again);
  }

  static Stream<CrashPoint> firstPlaces() {
    return Arrays.stream(CrashPoint.values())
        .filter(first -> Boolean.getBoolean(ALL) || first.ordinal() % 6 == 0);
  }

  private static boolean tried(CrashPoint first, CrashPoint second) {
    return Boolean.getBoolean(ALL) || (first.ordinal() + second.ordinal()) % SHORT_FORM == 0;
  }

  private static boolean killedAgain(Path once, CrashPoint first, CrashPoint second) {
    Path twice = once.resolveSibling(first + "-" + second);
    try {
      TemporaryHome.copy(once, twice);
      int status = CrashRun.fork(twice, info, second);
      assertThat(CrashRun.run(twice, info)).as("after %s and %s", first, second).isEqualTo(roots);
      return status == CrashPoint.EXIT_STATUS;
    } catch (Exception e) {
      throw new AssertionError("after " + first + " and " + second, e);
    }
  }
}
