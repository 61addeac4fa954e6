package __package__;

import static org.assertj.core.api.Assertions.assertThat;

import __java.package__.Query__Method__Request;
import __java.package__.Query__Method__Response;
import io.segue.kernel.api.abci.Abci.QueryResponse;
import io.segue.kernel.testkit.PlainPlatform;
import io.segue.kernel.testkit.modules.ModuleChain;
import io.segue.kernel.testkit.modules.PlainAuth;
import java.util.Map;
import org.junit.jupiter.api.Test;

class Query__Method__Test {
  @Test
  void isAnswered() throws Exception {
    Query__Method__Request request = Query__Method__Request.newBuilder().setText("hello").build();
    try (ModuleChain chain =
        ModuleChain.of(Map.of(), new PlainAuth(), new __Factory__().create(new PlainPlatform()))) {
      chain.start("{}");
      chain.block();

      QueryResponse answer =
          chain.query("/__proto.package__.Query/__Method__", request.toByteArray());

      assertThat(answer.log()).isEmpty();
      assertThat(Query__Method__Response.parseFrom(answer.value()).getText()).isEqualTo("hello");
    }
  }
}
