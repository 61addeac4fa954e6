package io.segue.kernel.core.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.kernel.api.upgrade.Sidecar;
import io.segue.kernel.core.generation.GenerationException;
import io.segue.kernel.core.generation.HoldReason;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AllowedSidecarsTest {
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
    assertThat(new AllowedSidecars(() -> Set.of("own"), name -> Optional.of(OWN)).named("own"))
        .isSameAs(OWN);
  }

  @Test
  void namesTheSettingWhereTheOperatorDoesNotAllowIt() {
    AllowedSidecars sidecars =
        new AllowedSidecars(() -> Set.of("fetch", "build"), name -> Optional.of(OWN));

    assertThatThrownBy(() -> sidecars.named("own"))
        .hasMessage(
            "the plan asks for the sidecar own, which this node does not allow"
                + " (sidecars = build,fetch); add it to sidecars in etc/io.segue.upgrade.cfg where"
                + " it may run")
        .matches(e -> ((GenerationException) e).reason() == HoldReason.SIDECAR_MISSING)
        .matches(e -> ((GenerationException) e).reason().passing());
  }

  @Test
  void namesTheFolderWhereNoBundleOffersIt() {
    AllowedSidecars sidecars = new AllowedSidecars(() -> Set.of("own"), name -> Optional.empty());

    assertThatThrownBy(() -> sidecars.named("own"))
        .hasMessageContaining("which no bundle offers (it is allowed by sidecars in")
        .hasMessageContaining("see etc/io.segue.sidecar.own.cfg, or put its bundle into sidecars/");
  }
}
