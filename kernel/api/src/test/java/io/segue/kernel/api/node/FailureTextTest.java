package io.segue.kernel.api.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class FailureTextTest {
  @Test
  void neverBeginsWithTheClassOfAnException() {
    assertThat(FailureText.of(new IllegalStateException("it is closed"))).isEqualTo("it is closed");
    assertThat(FailureText.of(new UncheckedIOException(new IOException("no room"))))
        .isEqualTo("no room");
    assertThat(FailureText.of(new ExecutionException(new IOException("no room"))))
        .isEqualTo("no room");
    assertThat(FailureText.of(new NullPointerException()))
        .isEqualTo("an unexpected failure, NullPointerException");
  }

  @Test
  void namesTheKindOfAnErrorOfTheMachine() {
    assertThat(FailureText.of(new OutOfMemoryError("Java heap space")))
        .isEqualTo("out of memory: Java heap space");
    assertThat(FailureText.of(new StackOverflowError())).isEqualTo("a thread's stack is full");
    assertThat(FailureText.of(new NoClassDefFoundError("io/segue/Lost")))
        .isEqualTo("a class can't be loaded or linked: io/segue/Lost");
  }

  @Test
  void saysAThingOnce() {
    IOException disk = new IOException("no room");
    assertThat(FailureText.of(new IllegalStateException("x can't be written: no room", disk)))
        .isEqualTo("x can't be written: no room");
    assertThat(FailureText.of(new IllegalStateException("x can't be written", disk)))
        .isEqualTo("x can't be written (no room)");
  }

  @Test
  void saysWhoMayNotDoWhatOnWhichPath() {
    assertThat(FailureText.of(new AccessDeniedException("/srv/keys")))
        .isEqualTo(
            "user %s has no right to /srv/keys, or to a folder above it"
                .formatted(System.getProperty("user.name")));
    assertThat(FailureText.of(new NoSuchFileException("/srv/keys")))
        .isEqualTo("there is no /srv/keys");
    assertThat(FailureText.of(new FileSystemException("/srv/keys", null, "Not a directory")))
        .isEqualTo("/srv/keys: not a directory");
  }
}
