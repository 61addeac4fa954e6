package io.segue.kernel.core.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.segue.kernel.api.guard.CancelledError;
import io.segue.kernel.core.hold.GenerationException;
import io.segue.kernel.core.hold.HoldReason;
import org.junit.jupiter.api.Test;

/** Objects are made as the framework makes them, by reflection, which wraps what is thrown. */
class InstancesTest {
  @Test
  void aConstructorThatIsCancelledIsARunaway() {
    GenerationException refused = refused(Cancelled.class);

    assertThat(refused.reason()).isEqualTo(HoldReason.RUNAWAY);
    assertThat(refused.text())
        .isEqualTo("the handler, " + name(Cancelled.class) + ", does not end: for a test");
  }

  @Test
  void aConstructorThatFailsIsRefusedByItsReason() {
    GenerationException refused = refused(Failing.class);

    assertThat(refused.reason()).isEqualTo(HoldReason.HANDLER);
    assertThat(refused.text())
        .startsWith(
            "the handler, " + name(Failing.class) + ", failed: java.lang.IllegalStateException: no")
        .endsWith("; fix the bundle");
  }

  private static GenerationException refused(Class<?> type) {
    return catchThrowableOfType(
        GenerationException.class,
        () ->
            Instances.make(
                Runnable.class, new Reflected(), name(type), HoldReason.HANDLER, "the handler"));
  }

  private static String name(Class<?> type) {
    return type.getName();
  }

  /** Its constructor is cancelled. */
  public static final class Cancelled {
    public Cancelled() {
      throw new CancelledError("for a test");
    }
  }

  /** Its constructor fails. */
  public static final class Failing {
    public Failing() {
      throw new IllegalStateException("no");
    }
  }

  private record Reflected() implements BundleSpace.Installed {
    @Override
    public long id() {
      return 1;
    }

    @Override
    public String state() {
      return "ACTIVE";
    }

    @Override
    public Object newInstance(String className) throws ReflectiveOperationException {
      return Class.forName(className).getConstructor().newInstance();
    }
  }
}
