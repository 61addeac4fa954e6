package io.segue.bundles.shell.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.CodedOutputStream;
import io.segue.kernel.api.abci.Abci.QueryRequest;
import io.segue.kernel.api.abci.Abci.QueryResponse;
import io.segue.kernel.api.abci.Application;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class QueryCommandsTest {
  private final List<QueryRequest> asked = new ArrayList<>();
  private final NodeAccess access = new NodeAccess(Path.of("/home/segue"));
  private final Gogo gogo = Gogo.with(access);

  @Test
  void listsProposals() throws Exception {
    answer(response(proposal()));

    assertThat(gogo.run("gov:proposals"))
        .isEqualTo(
            """
            ID  STATUS         ENDS                  MESSAGES            TITLE
            7   VOTING_PERIOD  1970-01-01T00:03:20Z  MsgSoftwareUpgrade  Go to v2
            """);
  }

  @Test
  void listsProposalsForMachines() throws Exception {
    answer(response(proposal()));

    assertThat(gogo.run("gov:proposals --output json"))
        .isEqualToIgnoringWhitespace(
            """
            {"proposals": [{
              "id": 7, "status": "VOTING_PERIOD", "title": "Go to v2", "summary": "All of it",
              "messages": ["/cosmos.upgrade.v1beta1.MsgSoftwareUpgrade"],
              "proposer": "cosmos1abc", "expedited": true,
              "submitTime": "", "depositEndTime": "1970-01-01T00:01:40Z",
              "totalDeposit": [{"denom": "stake", "amount": "10000000"}],
              "votingStartTime": "", "votingEndTime": "1970-01-01T00:03:20Z",
              "finalTally": {"yes": "5", "abstain": "", "no": "", "noWithVeto": ""},
              "failedReason": ""}]}
            """);
  }

  @Test
  void showsAProposalWithItsVotesSoFar() throws Exception {
    answer(
        Map.of(
            "/cosmos.gov.v1.Query/Proposal", response(proposal()),
            "/cosmos.gov.v1.Query/TallyResult",
                response(message(out -> out.writeString(3, "12")))));

    assertThat(gogo.run("gov:proposal 7"))
        .isEqualTo(
            """
            id            7
            status        VOTING_PERIOD, expedited
            title         Go to v2
            summary       All of it
            messages      /cosmos.upgrade.v1beta1.MsgSoftwareUpgrade
            proposer      cosmos1abc
            deposit       10000000stake
            deposit ends  1970-01-01T00:01:40Z
            voting ends   1970-01-01T00:03:20Z
            votes
              yes
              abstain
              no          12
              noWithVeto
            """);
    byte[] seven = {1 << 3, 7};
    assertThat(asked).extracting(QueryRequest::data).containsExactly(seven, seven);
    assertThat(gogo.run("gov:proposal 7 --output json"))
        .contains("\"status\" : \"VOTING_PERIOD\"")
        .contains("\"no\" : \"12\"");
  }

  @Test
  void refusesAProposalThatIsNoNumber() {
    assertThatThrownBy(() -> gogo.run("gov:proposal first"))
        .hasMessage("gov:proposal <id> takes a number, not first; see gov:proposal --help");
  }

  @Test
  void offersTheNewestProposals() throws Exception {
    answer(response(proposal()));

    assertThat(gogo.complete("gov:proposal ", Path.of("/"))).containsExactly("7");
  }

  @Test
  void listsTheVersionsOfModules() throws Exception {
    byte[] bank =
        message(
            out -> {
              out.writeString(1, "bank");
              out.writeUInt64(2, 4);
            });
    answer(response(bank));

    assertThat(gogo.run("module:versions --height 9")).isEqualTo("MODULE  VERSION\nbank    4\n");
    assertThat(gogo.run("module:versions --output json"))
        .isEqualToIgnoringWhitespace(
            """
            {"modules": [{"name": "bank", "version": 4}]}
            """);
    assertThat(asked.get(0).path()).isEqualTo("/cosmos.upgrade.v1beta1.Query/ModuleVersions");
    assertThat(asked).extracting(QueryRequest::height).containsExactly(9L, 0L);
  }

  @Test
  void saysThatThereAreNone() throws Exception {
    answer(new byte[0]);

    assertThat(gogo.run("gov:proposals")).isEqualTo("There are no proposals.\n");
  }

  @Test
  void asksForTheNewestOnes() throws Exception {
    answer(new byte[0]);

    gogo.run("gov:proposals --limit 300");

    assertThat(asked).hasSize(1);
    assertThat(asked.get(0).path()).isEqualTo("/cosmos.gov.v1.Query/Proposals");
    byte[] limitAndReverse = {(4 << 3) | 2, 5, 3 << 3, (byte) 0xac, 2, 5 << 3, 1};
    assertThat(asked.get(0).data()).isEqualTo(limitAndReverse);
  }

  @Test
  void handsARefusedQueryOn() {
    answer(
        new QueryResponse(6, "sdk", "unknown query path", new byte[0], new byte[0], List.of(), 1));

    assertThatThrownBy(() -> gogo.run("gov:proposals"))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("sdk/6: unknown query path");
  }

  @Test
  void saysThatItCanNotReadAnAnswer() {
    answer(new byte[] {(byte) 0xff});

    assertThatThrownBy(() -> gogo.run("gov:proposals"))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("in a form that this shell does not know");
  }

  private void answer(byte[] value) {
    answer(path -> given(value));
  }

  private void answer(Map<String, byte[]> values) {
    answer(path -> given(values.get(path)));
  }

  private void answer(QueryResponse response) {
    answer(path -> response);
  }

  private void answer(Function<String, QueryResponse> responses) {
    access.setApplication(
        (Application)
            Proxy.newProxyInstance(
                Application.class.getClassLoader(),
                new Class<?>[] {Application.class},
                (proxy, method, args) -> {
                  QueryRequest request = (QueryRequest) args[0];
                  asked.add(request);
                  return responses.apply(request.path());
                }));
  }

  private static QueryResponse given(byte[] value) {
    return new QueryResponse(0, "", "", new byte[0], value, List.of(), 1);
  }

  private static byte[] response(byte[] proposal) throws IOException {
    return message(out -> out.writeByteArray(1, proposal));
  }

  private static byte[] proposal() throws IOException {
    byte[] any = message(out -> out.writeString(1, "/cosmos.upgrade.v1beta1.MsgSoftwareUpgrade"));
    byte[] tally = message(out -> out.writeString(1, "5"));
    byte[] depositEnd = message(out -> out.writeInt64(1, 100));
    byte[] votingEnd = message(out -> out.writeInt64(1, 200));
    byte[] coin =
        message(
            out -> {
              out.writeString(1, "stake");
              out.writeString(2, "10000000");
            });
    return message(
        out -> {
          out.writeUInt64(1, 7);
          out.writeByteArray(2, any);
          out.writeEnum(3, 2);
          out.writeByteArray(4, tally);
          out.writeByteArray(6, depositEnd);
          out.writeByteArray(7, coin);
          out.writeByteArray(9, votingEnd);
          out.writeByteArray(11, "Go to v2".getBytes(StandardCharsets.UTF_8));
          out.writeString(12, "All of it");
          out.writeString(13, "cosmos1abc");
          out.writeBool(14, true);
        });
  }

  private static byte[] message(Fields fields) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    fields.write(out);
    out.flush();
    return bytes.toByteArray();
  }

  private interface Fields {
    void write(CodedOutputStream out) throws IOException;
  }
}
