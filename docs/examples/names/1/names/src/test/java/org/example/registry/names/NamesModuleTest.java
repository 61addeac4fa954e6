package org.example.registry.names;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.segue.bundles.sdk.Addresses;
import io.segue.kernel.api.abci.Abci.ExecTxResult;
import io.segue.kernel.api.abci.Abci.QueryResponse;
import io.segue.kernel.testkit.modules.ModuleChain;
import io.segue.kernel.testkit.modules.PlainAuth;
import io.segue.kernel.testkit.modules.PlainTx;
import java.util.Map;
import org.example.registry.names.proto.MsgRegister;
import org.example.registry.names.proto.MsgTransfer;
import org.example.registry.names.proto.QueryNameRequest;
import org.example.registry.names.proto.QueryNameResponse;
import org.example.registry.names.proto.QueryNamesRequest;
import org.example.registry.names.proto.QueryNamesResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NamesModuleTest {
  private static final Addresses ADDRESSES = new Addresses("cosmos");
  private static final String ALICE = ADDRESSES.account(new byte[20]);
  private static final String BOB =
      ADDRESSES.account(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10});

  private final ModuleChain chain =
      ModuleChain.of(Map.of(), new PlainAuth(), new NamesModule(ADDRESSES));

  @BeforeEach
  void start() {
    chain.start("{}");
  }

  @AfterEach
  void close() {
    chain.close();
  }

  @Test
  void givesANameToOneAccount() throws Exception {
    assertThat(register(ALICE, "segue", 60).code()).isZero();

    assertThat(register(BOB, "segue", 60).log()).contains(ALICE + " has the name segue");
    assertThat(owner("segue")).isEqualTo(ALICE);
  }

  @Test
  void refusesWhatIsNoNameAndTooLongATime() {
    assertThat(register(ALICE, "No", 60).log()).contains("3 to 32 characters of a-z, 0-9 and -");
    assertThat(register(ALICE, "segue", 0).log()).contains("seconds must be from 1 to 31622400");
  }

  @Test
  void transfersANameOfItsOwner() throws Exception {
    register(ALICE, "segue", 60);

    assertThat(transfer(BOB, "segue", BOB).log()).contains(ALICE + " has the name segue");
    assertThat(transfer(ALICE, "nobody", BOB).log()).contains("nobody has the name nobody");
    assertThat(transfer(ALICE, "segue", BOB).code()).isZero();
    assertThat(owner("segue")).isEqualTo(BOB);
  }

  @Test
  void freesANameWhenItsTimeIsOver() throws Exception {
    register(ALICE, "short", 2);
    register(ALICE, "long", 60);
    register(ALICE, "short", 3); // prolonged

    chain.block();
    assertThat(names().getRegistrationsCount()).isEqualTo(2);
    chain.block();
    chain.block();

    assertThat(names().getRegistrationsList()).extracting("name").containsExactly("long");
    assertThat(register(BOB, "short", 60).code()).isZero();
  }

  @Test
  void startsFromWhatItExports() {
    register(ALICE, "segue", 60);
    String exported = chain.exportGenesis("names");

    try (ModuleChain other =
        ModuleChain.of(Map.of(), new PlainAuth(), new NamesModule(ADDRESSES))) {
      other.start("{\"names\":" + exported + "}");
      assertThat(other.dump("names")).isEqualTo(chain.dump("names"));
    }
  }

  private ExecTxResult register(String owner, String name, long seconds) {
    return send(MsgRegister.newBuilder().setOwner(owner).setName(name).setSeconds(seconds).build());
  }

  private ExecTxResult transfer(String owner, String name, String to) {
    return send(MsgTransfer.newBuilder().setOwner(owner).setName(name).setTo(to).build());
  }

  private ExecTxResult send(Message message) {
    return chain.run(
        PlainTx.of("/" + message.getDescriptorForType().getFullName(), message.toByteArray()));
  }

  private String owner(String name) throws Exception {
    QueryNameRequest request = QueryNameRequest.newBuilder().setName(name).build();
    QueryResponse answer = chain.query("/names.v1.Query/Name", request.toByteArray());
    return QueryNameResponse.parseFrom(answer.value()).getRegistration().getOwner();
  }

  private QueryNamesResponse names() throws Exception {
    byte[] request = QueryNamesRequest.getDefaultInstance().toByteArray();
    return QueryNamesResponse.parseFrom(chain.query("/names.v1.Query/Names", request).value());
  }
}
