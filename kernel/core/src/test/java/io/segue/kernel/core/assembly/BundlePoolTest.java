package io.segue.kernel.core.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.kernel.admission.artifact.BundleFile;
import io.segue.kernel.admission.artifact.Content;
import io.segue.kernel.admission.artifact.Loading;
import io.segue.kernel.admission.artifact.RefusedException;
import io.segue.kernel.admission.artifact.TestBundle;
import io.segue.kernel.core.generation.BundleSpace;
import io.segue.kernel.core.generation.MemorySpace;
import io.segue.kernel.core.hold.GenerationException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BundlePoolTest {
  private final MemorySpace space = new MemorySpace();
  private final BundlePool pool = new BundlePool(space);
  private BundleFile bank;
  private BundleFile gov;

  @BeforeEach
  void build() throws RefusedException {
    bank = file("x.bank");
    gov = file("x.gov");
  }

  @Test
  void aSharedBundleIsInstalledOnceAndGoesWithItsLastHolder() throws GenerationException {
    BundleSpace.Installed first =
        pool.acquire(List.of(bank, gov), new Loading(1), true).get(gov.sha256());
    BundleSpace.Installed second =
        pool.acquire(List.of(gov), new Loading(1), true).get(gov.sha256());
    assertThat(first).isSameAs(second);
    assertThat(space.installed).containsExactly(bank.sha256(), gov.sha256());

    pool.release(List.of(bank.sha256(), gov.sha256()), 1);
    assertThat(space.installed).containsExactly(gov.sha256());

    pool.release(List.of(gov.sha256()), 1);
    assertThat(space.installed).isEmpty();
  }

  @Test
  void aBundleIsLoadedForEachNumberOfTheKernelRules() throws GenerationException {
    BundleSpace.Installed one =
        pool.acquire(List.of(bank), new Loading(1), true).get(bank.sha256());
    BundleSpace.Installed two =
        pool.acquire(List.of(bank), new Loading(2), true).get(bank.sha256());
    assertThat(one).isNotSameAs(two);

    pool.release(List.of(bank.sha256()), 1);
    assertThat(space.installed).containsExactly(bank.sha256());
    assertThat(pool.acquire(List.of(bank), new Loading(2), true)).containsEntry(bank.sha256(), two);
  }

  @Test
  void eitherAllAreAcquiredOrNone() throws GenerationException {
    pool.acquire(List.of(bank), new Loading(1), true);
    space.refused = gov.sha256();

    assertThatThrownBy(() -> pool.acquire(List.of(bank, gov), new Loading(1), true))
        .isInstanceOf(GenerationException.class);

    assertThat(space.installed).containsExactly(bank.sha256());
    pool.release(List.of(bank.sha256()), 1);
    assertThat(space.installed).isEmpty();
  }

  @Test
  void givingBackWhatIsNotHeldIsAnError() {
    assertThatThrownBy(() -> pool.release(List.of(bank.sha256()), 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(bank.sha256());
  }

  private static BundleFile file(String symbolicName) throws RefusedException {
    return BundleFile.kept(symbolicName, Content.of(TestBundle.of(symbolicName, "1.0.0").jar()));
  }
}
