package io.segue.bundles.offline.replay;

import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.cli.console.OwnerFiles;
import io.segue.bundles.cli.home.Home;
import io.segue.bundles.cli.home.SettingsText;
import io.segue.bundles.cli.init.GenesisBundles;
import io.segue.bundles.consensus.solo.blockfile.BlockFileChain;
import io.segue.bundles.consensus.solo.blockfile.BlockFileReader;
import io.segue.bundles.nodes.Distribution;
import io.segue.kernel.api.node.FailureText;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The home of a node that replays: the genesis of the block file, the plans that its chain skipped,
 * the settings of the distribution without what makes, serves or fetches, and no keys.
 */
final class ReplayHome {
  /** Settings of parts that a replay has no use for, or must not have. */
  private static final Set<String> LEFT_OUT =
      Set.of(
          "io.segue.consensus.comet.cfg",
          "io.segue.consensus.solo.cfg",
          "io.segue.grpc.cfg",
          "io.segue.rest.cfg",
          "io.segue.rpc.cfg");

  private static final String SIDECARS = "io.segue.sidecar.";
  private static final String KERNEL = "io.segue.kernel.cfg";
  private static final String SETTINGS = "io.segue.consensus.replay.cfg";

  private final Home home;
  private final Path blocks;
  private final Path bundles;

  ReplayHome(Home home, Path blocks, Path bundles) {
    this.home = home;
    this.blocks = blocks.toAbsolutePath();
    this.bundles = bundles.toAbsolutePath();
  }

  /** Where the node tells how far it is. */
  Path report() {
    return home.folder().resolve("run").resolve("replay.json");
  }

  /**
   * Makes the home.
   *
   * @throws MissingGenerationException where the chain is bound to bundles that are nowhere
   */
  BlockFileChain make() {
    requireEmpty();
    for (String folder : List.of("", "config", "etc", "data", "run", "log")) {
      OwnerFiles.makeFolder(home.folder().resolve(folder));
    }
    BlockFileChain chain = writeGenesis();
    bringGenesisBundles();
    bringGenerations();
    writeSettings();
    return chain;
  }

  private void requireEmpty() {
    try {
      if (Files.exists(home.folder())) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(home.folder())) {
          if (files.iterator().hasNext()) {
            throw new CliException(
                home.folder() + " is not empty; a replay begins with nothing, name another --home");
          }
        }
      }
    } catch (IOException e) {
      throw new CliException(home.folder() + " can't be read: " + FailureText.of(e), e);
    }
  }

  private BlockFileChain writeGenesis() {
    Path genesis = home.config("genesis.json");
    OwnerFiles.writeNew(genesis, "");
    try (BlockFileReader reader = new BlockFileReader(blocks);
        OutputStream out =
            new BufferedOutputStream(
                Files.newOutputStream(genesis, StandardOpenOption.TRUNCATE_EXISTING))) {
      reader.genesisTo(out);
      return reader.chain();
    } catch (IOException e) {
      throw new CliException(String.valueOf(e.getMessage()), e);
    }
  }

  private void bringGenesisBundles() {
    Optional<String> bound = GenesisBundles.boundBy(home.config("genesis.json"));
    if (bound.isEmpty() || bound.get().equals(GenesisBundles.ofDistribution().digest())) {
      return;
    }
    GenesisBundles.find(bundles, bound.get())
        .orElseThrow(
            () ->
                new MissingGenerationException(
                    "generation genesis "
                        + bound.get()
                        + ", to which the chain is bound, is missing: this distribution has "
                        + GenesisBundles.ofDistribution().digest()
                        + "; put an archive of the bundles that the chain began with into "
                        + bundles))
        .writeTo(home.folder().resolve("genesis"));
  }

  /**
   * A state that was exported after an upgrade goes on with a generation that is no single file.
   */
  private void bringGenerations() {
    Optional<String> goesOn = GenesisBundles.continuedBy(home.config("genesis.json"));
    if (goesOn.isEmpty()) {
      return;
    }
    if (!Files.isRegularFile(bundles.resolve(goesOn.get() + ".manifest"))) {
      throw new MissingGenerationException(
          "generation "
              + goesOn.get()
              + ", with which the exported state goes on, is missing; name the folder data/artifacts"
              + " of a node of the chain as --bundles");
    }
    try {
      OwnerFiles.copyFiles(bundles, home.artifacts());
    } catch (IOException e) {
      throw new CliException(bundles + " can't be copied: " + FailureText.of(e), e);
    }
  }

  private void writeSettings() {
    Path templates = Distribution.folder().resolve("etc");
    try (DirectoryStream<Path> files = Files.newDirectoryStream(templates, "*.cfg")) {
      for (Path file : files) {
        String name = String.valueOf(file.getFileName());
        if (!LEFT_OUT.contains(name) && !name.startsWith(SIDECARS)) {
          String text = Files.readString(file);
          OwnerFiles.writeNew(
              home.etc().resolve(name), name.equals(KERNEL) ? skipping(text) : text);
        }
      }
    } catch (IOException e) {
      throw new CliException(
          "the settings in " + templates + " can't be copied: " + FailureText.of(e), e);
    }
    OwnerFiles.writeNew(
        home.etc().resolve(SETTINGS),
        "blocks = " + blocks + "\nbundles = " + bundles + "\nreport = " + report() + "\n");
  }

  /** The kernel's settings, of which the heights of skipped plans are those of the chain. */
  private String skipping(String settings) throws IOException {
    String heights =
        BlockFileReader.skippedHeights(blocks).stream()
            .map(String::valueOf)
            .collect(Collectors.joining(","));
    return SettingsText.set(settings, "skip-heights", heights);
  }
}
