package __module.package__;

import static org.assertj.core.api.Assertions.assertThat;

import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.DescriptorSets;
import io.segue.kernel.api.module.Module;
import io.segue.kernel.api.upgrade.UpgradeHandler;
import io.segue.kernel.testkit.Bundles;
import io.segue.kernel.testkit.PlainPlatform;
import io.segue.kernel.testkit.modules.ModuleChain;
import io.segue.kernel.testkit.modules.PlainAuth;
import io.segue.kernel.testkit.modules.PlainTx;
import io.segue.kernel.testkit.modules.RandomMessages;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The state that version __before.version__ wrote, by the bundle's bytes that the chain runs. */
class MigrationTest {
  private static final Path BEFORE = Path.of("src/test/resources/before.jar");
  private static final Addresses ADDRESSES = new Addresses("cosmos");
  private static final int MESSAGES = 300;

  /** What texts of the messages say, by names of fields. Add what your module takes. */
  private static final Map<String, List<String>> WORDS =
      Map.of(
          "",
          List.of(ADDRESSES.account(new byte[20]), ADDRESSES.account(address(1)), "one", "two"));

  @Test
  void keepsWhatTheVersionBeforeWrote() throws Exception {
    Module before = Bundles.module(BEFORE, new PlainPlatform());
    Module after = new __Factory__().create(new PlainPlatform());
    try (ModuleChain chain = ModuleChain.of(Map.of(), new PlainAuth(), before)) {
      chain.start("{}");
      assertThat(write(chain, before)).as("messages that the version before took").isPositive();
      String exported = chain.exportGenesis("__module__");

      chain.upgrade(new UpgradeHandler() {}, Map.of(), new PlainAuth(), after);

      assertThat(chain.exportGenesis("__module__")).isEqualTo(exported);
    }
  }

  /** Sends messages by a seed; how many of them changed the state. */
  private static int write(ModuleChain chain, Module module) {
    RandomMessages messages =
        new RandomMessages(DescriptorSets.files(List.of(module.descriptors())), WORDS, 1);
    List<String> types = RandomMessages.sendable(List.of(module));
    int taken = 0;
    for (int i = 0; i < MESSAGES; i++) {
      String type = messages.pick(types);
      if (chain.run(PlainTx.of(type, messages.next(type).toByteArray())).code() == 0) {
        taken++;
      }
    }
    return taken;
  }

  private static byte[] address(int last) {
    byte[] address = new byte[20];
    address[19] = (byte) last;
    return address;
  }
}
