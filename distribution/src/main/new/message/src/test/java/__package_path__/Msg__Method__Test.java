package __package__;

import static org.assertj.core.api.Assertions.assertThat;

import __java.package__.Msg__Method__;
import io.segue.bundles.sdk.Addresses;
import io.segue.kernel.api.abci.Abci.ExecTxResult;
import io.segue.kernel.testkit.PlainPlatform;
import io.segue.kernel.testkit.modules.ModuleChain;
import io.segue.kernel.testkit.modules.PlainAuth;
import io.segue.kernel.testkit.modules.PlainTx;
import java.util.Map;
import org.junit.jupiter.api.Test;

class Msg__Method__Test {
  private static final String ALICE = new Addresses("cosmos").account(new byte[20]);

  @Test
  void isHandled() {
    Msg__Method__ message = Msg__Method__.newBuilder().set__Signer__(ALICE).setText("hello").build();
    try (ModuleChain chain =
        ModuleChain.of(Map.of(), new PlainAuth(), new __Factory__().create(new PlainPlatform()))) {
      chain.start("{}");

      ExecTxResult result =
          chain.run(PlainTx.of("/__proto.package__.Msg__Method__", message.toByteArray()));

      assertThat(result.log()).isEmpty();
      assertThat(result.events()).extracting("type").contains("__snake_method__");
    }
  }
}
