package io.segue.kernel.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.kernel.admission.artifact.ArtifactSource;
import io.segue.kernel.api.abci.Abci.Event;
import io.segue.kernel.api.module.Crypto;
import io.segue.kernel.api.module.Descriptors;
import io.segue.kernel.api.module.Module;
import io.segue.kernel.api.module.Phase;
import io.segue.kernel.api.module.Tx;
import io.segue.kernel.api.module.TxFormat;
import io.segue.kernel.core.assembly.GenerationAssembler;
import io.segue.kernel.core.content.ContentStore;
import io.segue.kernel.core.generation.Generation;
import io.segue.kernel.core.hold.GenerationException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FakeBundlesTest {
  @TempDir Path folder;
  private final FakeBundles bundles = new FakeBundles();
  private GenerationAssembler assembler;

  @BeforeEach
  void open() throws Exception {
    assembler = new GenerationAssembler(bundles.space(), ContentStore.open(folder), new NoCrypto());
  }

  @Test
  void generationsAreMadeOfTheObjectsAtHand() throws Exception {
    Module bank = new Named("bank", 1);
    Module renewed = new Named("bank", 2);

    Generation genesis = assemble(Optional.empty(), genesis(bank).artifact());
    Generation v2 =
        assemble(
            Optional.of(genesis), bundles.generation("v2").module("2.0.0", renewed).artifact());

    assertThat(genesis.modules().modules()).contains(bank);
    assertThat(v2.modules().modules()).contains(renewed).doesNotContain(bank);
    assertThat(v2.carriedOver()).containsExactly("fake.auth", "fake.gov");
    assertThat(v2.newHandler()).isNotNull();
  }

  @Test
  void whatIsNotNamedCarriesOver() throws Exception {
    Generation genesis =
        assemble(
            Optional.empty(),
            genesis(new Named("bank", 1))
                .order(Phase.BEGIN_BLOCK, "gov", "bank", "auth")
                .setting("bech32.prefix", "segue")
                .artifact());
    Generation v2 =
        assemble(
            Optional.of(genesis),
            bundles.generation("v2").removed("bank").setting("colour", "blue").artifact());

    assertThat(v2.modules().order(Phase.BEGIN_BLOCK)).containsExactly("gov", "auth");
    assertThat(v2.settings())
        .containsEntry("bech32.prefix", "segue")
        .containsEntry("colour", "blue");
    assertThat(v2.rules()).isEqualTo(1);
  }

  @Test
  void aGenerationIsFoundAgainByItsDigest() throws Exception {
    Generation genesis = assemble(Optional.empty(), genesis(new Named("bank", 1)).artifact());
    Generation v2 =
        assemble(
            Optional.of(genesis), bundles.generation("v2").module(new Named("mint", 1)).artifact());

    Generation again = assembler.restore(v2.digest());

    assertThat(again.digest()).isEqualTo(v2.digest());
    assertThat(again.modules().versions()).isEqualTo(v2.modules().versions());
  }

  @Test
  void aFactoryThatFailsIsARefusal() throws Exception {
    Generation genesis = assemble(Optional.empty(), genesis(new Named("bank", 1)).artifact());
    byte[] broken =
        bundles
            .generation("v2")
            .module(
                "2.0.0",
                "bank",
                platform -> {
                  throw new IllegalStateException("not today");
                })
            .artifact();

    assertThatThrownBy(() -> assemble(Optional.of(genesis), broken))
        .isInstanceOf(GenerationException.class)
        .hasMessageContaining("the factory of module bank")
        .hasMessageContaining("not today");
  }

  private FakeGeneration genesis(Module bank) {
    return bundles
        .generation("genesis")
        .module(new Formatted("auth", 1))
        .module(bank)
        .module(new Named("gov", 1));
  }

  private Generation assemble(Optional<Generation> before, byte[] artifact)
      throws GenerationException {
    return assembler.assemble(before, ArtifactSource.archive(artifact));
  }

  private static class Named implements Module {
    private final String name;
    private final long version;

    Named(String name, long version) {
      this.name = name;
      this.version = version;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public long consensusVersion() {
      return version;
    }
  }

  private static final class Formatted extends Named {
    Formatted(String name, long version) {
      super(name, version);
    }

    @Override
    public Optional<TxFormat> txFormat() {
      return Optional.of(new NoTransactions());
    }
  }

  private static final class NoTransactions implements TxFormat {
    @Override
    public Tx decode(byte[] raw, Descriptors descriptors, boolean simulate) {
      throw new UnsupportedOperationException("these tests send nothing");
    }

    @Override
    public byte[] encodeResponses(List<Tx.Message> responses) {
      return new byte[0];
    }

    @Override
    public byte[] encodeSimulation(
        long gasWanted, long gasUsed, List<Tx.Message> responses, List<Event> events) {
      return new byte[0];
    }

    @Override
    public byte[] simulatedTx(byte[] request) {
      return request;
    }
  }

  private static final class NoCrypto implements Crypto {
    @Override
    public boolean verifySecp256k1(byte[] digest, byte[] signature, byte[] publicKey) {
      return false;
    }

    @Override
    public byte[] ripemd160(byte[] data) {
      throw new UnsupportedOperationException("these tests hash nothing");
    }
  }
}
