package io.segue.itests.votes;

import io.segue.kernel.api.module.Module;
import io.segue.kernel.api.module.ModuleFactory;
import io.segue.kernel.api.module.Platform;

/** Makes {@link VotesModule}. */
public final class VotesFactory implements ModuleFactory {
  @Override
  public Module create(Platform platform) {
    return new VotesModule();
  }
}
