package io.segue.kernel.api.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RepeatedWorkTest {
  private final List<Throwable> told = new ArrayList<>();

  @Test
  void aFailureIsToldAndGoesNoFurther() {
    Error failure = new OutOfMemoryError("Java heap space");

    RepeatedWork.once(() -> raise(failure), told::add);

    assertThat(told).containsExactly(failure);
    assertThat(RepeatedWork.turn(() -> raise(failure), told::add)).isEqualTo(RepeatedWork.FAILED);
    assertThat(told).containsExactly(failure, failure);
  }

  @Test
  void aFailureThatCannotBeToldGoesNoFurtherEither() {
    Error failure = new OutOfMemoryError("Java heap space");

    RepeatedWork.once(() -> raise(failure), RepeatedWorkTest::raise);

    assertThat(RepeatedWork.turn(() -> raise(failure), RepeatedWorkTest::raise))
        .isEqualTo(RepeatedWork.FAILED);
  }

  @Test
  void workThatDoesNotFailReturnsWhatItDid() {
    assertThat(RepeatedWork.turn(() -> 3, told::add)).isEqualTo(3);
    assertThat(told).isEmpty();
  }

  private static int raise(Throwable failure) {
    throw (Error) failure;
  }
}
