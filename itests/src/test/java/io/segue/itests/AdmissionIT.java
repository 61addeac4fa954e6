package io.segue.itests;

import static org.assertj.core.api.Assertions.assertThat;

import io.segue.bundles.crypto.Secp256k1Crypto;
import io.segue.bundles.nodes.Distribution;
import io.segue.kernel.admission.artifact.ArtifactSource;
import io.segue.kernel.api.module.Crypto;
import io.segue.kernel.api.node.CheckReport;
import io.segue.kernel.api.node.CheckReport.ModuleChange;
import io.segue.kernel.core.assembly.GenerationAssembler;
import io.segue.kernel.core.content.ContentStore;
import io.segue.kernel.core.generation.Generation;
import io.segue.kernel.testkit.internal.JarBundleSpace;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What admission finds in the bundles that the distribution ships: nothing. */
class AdmissionIT {
  private static final int RUNS = 20;

  @TempDir Path folder;
  private GenerationAssembler assembler;

  @BeforeEach
  void openAssembler() throws Exception {
    Crypto crypto = new Secp256k1Crypto();
    assembler = new GenerationAssembler(new JarBundleSpace(), ContentStore.open(folder), crypto);
  }

  @Test
  void findsNothingInTheBundlesOfEachGeneration() throws Exception {
    CheckReport first =
        assembler.check(
            Optional.empty(), ArtifactSource.archive(RootChain.genesis()), plan -> false);
    assertThat(first.findings()).isEmpty();
    Generation genesis =
        assembler.assemble(Optional.empty(), ArtifactSource.archive(RootChain.genesis()));
    ArtifactSource v2 = ArtifactSource.archive(Files.readAllBytes(Distribution.upgrade("v2")));

    CheckReport second = assembler.check(Optional.of(genesis), v2, plan -> false);

    assertThat(second.findings()).isEmpty();
    assertThat(second.bundles()).hasSize(3);
    assertThat(second.generation().orElseThrow().modules())
        .contains(
            new ModuleChange("bank", "io.segue.bundles.bank 1.0.0", "io.segue.bundles.bank 2.0.0"),
            new ModuleChange("feemarket", "", "io.segue.upgrade.handlers.v2.feemarket 1.0.0"));
    Generation upgraded = assembler.assemble(Optional.of(genesis), v2);
    assertThat(second.generation().orElseThrow().digest()).isEqualTo(upgraded.digest());
    ArtifactSource v3 = ArtifactSource.archive(Files.readAllBytes(Distribution.upgrade("v3")));
    CheckReport third = assembler.check(Optional.of(upgraded), v3, plan -> false);
    assertThat(third.findings()).isEmpty();
    assertThat(third.admitted()).isTrue();
  }

  /** Prints what a check of the archive of plan v2 takes; measured, not checked. */
  @Test
  void checksTheArchiveOfV2ManyTimesOver() throws Exception {
    Generation genesis =
        assembler.assemble(Optional.empty(), ArtifactSource.archive(RootChain.genesis()));
    byte[] v2 = Files.readAllBytes(Distribution.upgrade("v2"));
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    double[] ms = new double[RUNS];
    double[] cpuMs = new double[RUNS];
    for (int i = 0; i < RUNS; i++) {
      long start = System.nanoTime();
      long cpuStart = threads.getCurrentThreadCpuTime();
      assertThat(
              assembler
                  .check(Optional.of(genesis), ArtifactSource.archive(v2), plan -> false)
                  .admitted())
          .isTrue();
      cpuMs[i] = (threads.getCurrentThreadCpuTime() - cpuStart) / 1e6;
      ms[i] = (System.nanoTime() - start) / 1e6;
    }
    print("wall clock", v2.length, ms);
    print("processor time", v2.length, cpuMs);
  }

  private static void print(String what, int sizeBytes, double[] ms) {
    double cold = ms[0];
    Arrays.sort(ms);
    System.out.printf(
        "upgrade:check of v2, %d bytes, %d runs, %s: first %.0f ms, median %.0f ms, longest %.0f ms%n",
        sizeBytes, RUNS, what, cold, ms[RUNS / 2], ms[RUNS - 1]);
  }
}
