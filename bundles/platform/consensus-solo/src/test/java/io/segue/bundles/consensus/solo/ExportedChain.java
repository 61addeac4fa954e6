package io.segue.bundles.consensus.solo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.segue.kernel.api.abci.Abci.ConsensusParams;
import io.segue.kernel.api.abci.Abci.Event;
import io.segue.kernel.api.abci.Abci.VersionParams;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A chain of five blocks whose third one applied an upgrade, and its block file. */
public final class ExportedChain {
  public static final long LAST = 5;
  public static final long UPGRADED = 3;
  public static final String DIGEST = "ab".repeat(32);

  private ExportedChain() {}

  /** Runs the chain in a home; its application is left at the last height. */
  public static FakeApplication run(EngineHome home) throws Exception {
    FakeApplication application = new FakeApplication();
    try (SoloEngine engine = home.engine(application)) {
      engine.broadcast("one".getBytes(UTF_8));
      AgentSteps.runTo(engine, UPGRADED - 1);
      upgradeNext(application);
      engine.broadcast("fail two".getBytes(UTF_8));
      AgentSteps.runTo(engine, UPGRADED);
      goOn(application);
      engine.broadcast("three".getBytes(UTF_8));
      AgentSteps.runTo(engine, LAST);
    }
    return application;
  }

  /** Exports it. */
  public static BlockExport.Summary export(EngineHome home, Path file) throws IOException {
    return export(home.folder(), file, 0);
  }

  /** Exports up to a height; 0 for the last one. */
  static BlockExport.Summary export(Path home, Path file, long toHeight) throws IOException {
    try (ExecutedBlocks blocks = new StoredBlocks(home)) {
      return new BlockExport(home, blocks, (height, last) -> {}).writeTo(file, toHeight);
    }
  }

  /** Has an application tell of an upgrade in its next blocks, as the kernel does. */
  public static void upgradeNext(FakeApplication application) {
    application.nextEvents =
        List.of(
            Event.of("upgrade_applied", "name", "v2", "height", "" + UPGRADED, "digest", DIGEST));
    application.nextParams =
        Optional.of(
            new ConsensusParams(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new VersionParams(2))));
  }

  /** Ends {@link #upgradeNext}. */
  public static void goOn(FakeApplication application) {
    application.nextEvents = List.of();
    application.nextParams = Optional.empty();
  }
}
