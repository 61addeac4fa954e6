package io.segue.bundles.shell.command;

import io.segue.kernel.api.upgrade.Sidecar;
import io.segue.kernel.api.upgrade.SidecarException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A sidecar that remembers what it was asked for. */
public final class FakeFetch implements Sidecar {
  public final List<Task> tasks = new ArrayList<>();
  public Optional<String> failure = Optional.empty();

  @Override
  public String name() {
    return "fetch";
  }

  @Override
  public Path run(Task task, Progress progress) throws SidecarException {
    if (failure.isPresent()) {
      throw new SidecarException(failure.get(), false, null);
    }
    tasks.add(task);
    return task.directory().resolve(task.sha256());
  }
}
