package io.segue.bundles.cli.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class JvmMemoryTest {
  /** Waits to be measured until its input ends. */
  static final class Idle {
    public static void main(String[] args) throws Exception {
      System.out.write('x');
      System.out.flush();
      System.in.read();
    }
  }

  @Test
  void measuresAnotherProcessOfJava() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path", "").replace(';', File.pathSeparatorChar),
                Idle.class.getName())
            .start();
    try {
      assertThat(process.getInputStream().read()).isEqualTo('x');
      JvmMemory memory = JvmMemory.of(process.pid());
      assertThat(memory.heapMb()).isBetween(0.1, 100.0);
      assertThat(memory.metaspaceMb()).isBetween(0.1, 100.0);
      assertThat(memory.loadedClasses()).isGreaterThan(300);
      assertThat(memory.residentMb()).isGreaterThan(memory.heapMb());
    } finally {
      process.destroyForcibly();
    }
  }
}
