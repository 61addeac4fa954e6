package io.segue.kernel.core.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.kernel.api.upgrade.Sidecar;
import io.segue.kernel.core.hold.GenerationException;
import io.segue.kernel.core.hold.HoldReason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AllowedSidecarsTest {
  @TempDir private Path settings;

  private static final Sidecar OWN =
      new Sidecar() {
        @Override
        public String name() {
          return "own";
        }

        @Override
        public Path run(Task task, Progress progress) {
          throw new UnsupportedOperationException("nothing runs here");
        }
      };

  @Test
  void givesASidecarThatIsAllowedAndOffered() throws Exception {
    assertThat(
            new AllowedSidecars(settings, () -> Set.of("own"), name -> Optional.of(OWN))
                .named("own"))
        .isSameAs(OWN);
  }

  @Test
  void namesTheSettingWhereTheOperatorDoesNotAllowIt() {
    AllowedSidecars sidecars =
        new AllowedSidecars(settings, () -> Set.of("fetch", "build"), name -> Optional.of(OWN));

    assertThatThrownBy(() -> sidecars.named("own"))
        .hasMessage(
            "the plan asks for the sidecar own, which this node does not allow"
                + " (sidecars = build,fetch); add it to sidecars in etc/io.segue.upgrade.cfg where"
                + " it may run")
        .matches(e -> ((GenerationException) e).reason() == HoldReason.SIDECAR_MISSING)
        .matches(e -> ((GenerationException) e).reason().passing());
  }

  @Test
  void runsNoneWhileOthersMayWriteToTheSettings() throws Exception {
    AllowedSidecars sidecars =
        new AllowedSidecars(settings, () -> Set.of("own"), name -> Optional.of(OWN));
    Path file = Files.writeString(settings.resolve("io.segue.sidecar.own.cfg"), "");
    for (Path path : List.of(settings, file)) {
      var before = Files.getPosixFilePermissions(path);
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxrwx---"));

      assertThatThrownBy(() -> sidecars.named("own"))
          .hasMessage(
              "no sidecar runs while others may write to "
                  + path
                  + " (rwxrwx---); chmod go-w "
                  + path)
          .matches(e -> ((GenerationException) e).reason().passing());

      Files.setPosixFilePermissions(path, before);
      assertThat(sidecars.named("own")).isSameAs(OWN);
    }
  }

  @Test
  void namesTheFolderWhereNoBundleOffersIt() {
    AllowedSidecars sidecars =
        new AllowedSidecars(settings, () -> Set.of("own"), name -> Optional.empty());

    assertThatThrownBy(() -> sidecars.named("own"))
        .hasMessageContaining("which no bundle offers (it is allowed by sidecars in")
        .hasMessageContaining("see etc/io.segue.sidecar.own.cfg, or put its bundle into sidecars/");
  }
}
