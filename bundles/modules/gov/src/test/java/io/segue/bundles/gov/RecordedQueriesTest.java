package io.segue.bundles.gov;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import io.segue.bundles.sdk.Coins;
import io.segue.bundles.sdk.proto.gov.Deposit;
import io.segue.bundles.sdk.proto.gov.GenesisState;
import io.segue.bundles.sdk.proto.gov.Proposal;
import io.segue.bundles.sdk.proto.gov.QueryProposalResponse;
import io.segue.bundles.sdk.proto.gov.QueryProposalsResponse;
import io.segue.kernel.api.abci.Abci.QueryResponse;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The recorded chain's proposals, taken in by the genesis: same answers, same stored bytes. */
class RecordedQueriesTest {
  private GovChain chain;

  @BeforeEach
  void startChain() throws InvalidProtocolBufferException {
    Proposal voting = recorded("queries", "proposal 1 in voting period");
    GenesisState genesis =
        GenesisState.newBuilder()
            .setStartingProposalId(47)
            .setParams(GovChain.params())
            .addProposals(voting)
            .addProposals(closed("0828"))
            .addProposals(closed("082c"))
            .addDeposits(
                Deposit.newBuilder()
                    .setProposalId(1)
                    .setDepositor(GovChain.A)
                    .addAllAmount(voting.getTotalDepositList()))
            .build();
    chain =
        GovChain.startedWith(
            GovChain.json().print(genesis), Coins.strict(voting.getTotalDepositList()));
  }

  @AfterEach
  void closeChain() {
    chain.close();
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("recordedQueries")
  void answersByteForByteAsRecorded(String path, String request, byte[] expected) {
    chain.pass(1);
    assertThat(answer(path, request)).isEqualTo(expected);
  }

  static Stream<Arguments> recordedQueries() {
    return Vectors.list("queries_recorded")
        .map(
            q ->
                Arguments.of(
                    Vectors.text(q, "path"),
                    Vectors.text(q, "request_hex"),
                    Vectors.hex(q, "value_hex")));
  }

  @Test
  void keepsAPlanAsTheClientSentIt() {
    Struct expected = Vectors.entry("queries", "meaning", "proposal 1 in voting period");
    assertThat(answer(expected)).isEqualTo(Vectors.hex(expected, "response_hex"));
  }

  @Test
  void theOldRulesHaveTheirDecimalsAsScaledBytes() {
    Struct expected = Vectors.entry("queries", "meaning", "v1beta1 tally params");
    assertThat(answer(expected)).isEqualTo(Vectors.hex(expected, "response_hex"));
  }

  @Test
  void anEmptyPageRequestAsCosmJsSendsItIsAFirstPage() throws InvalidProtocolBufferException {
    Struct asked = Vectors.entry("queries", "meaning", "CosmJS setupGovExtension");
    chain.pass(1);
    byte[] answer =
        chain
            .chain()
            .query("/cosmos.gov.v1.Query/Proposals", Vectors.hex(asked, "request_hex"))
            .value();
    assertThat(QueryProposalsResponse.parseFrom(answer).hasPagination()).isTrue();
  }

  @Test
  void storesWhatTheRecordedChainStores() {
    SortedMap<byte[], byte[]> entries = chain.chain().entries("gov");
    assertThat(Vectors.list("raw_store"))
        .allSatisfy(
            entry ->
                assertThat(entries.get(Vectors.hex(entry, "key_hex")))
                    .as(Vectors.text(entry, "key_hex"))
                    .asHexString()
                    .isEqualToIgnoringCase(Vectors.text(entry, "value_hex")));
  }

  private byte[] answer(Struct asked) {
    chain.pass(1);
    return answer(Vectors.text(asked, "path"), Vectors.text(asked, "request_hex"));
  }

  private byte[] answer(String path, String request) {
    QueryResponse answer = chain.chain().query(path, HexFormat.of().parseHex(request));
    assertThat(answer.log()).isEmpty();
    return answer.value();
  }

  private static Proposal recorded(String list, String meaning)
      throws InvalidProtocolBufferException {
    byte[] answer = Vectors.hex(Vectors.entry(list, "meaning", meaning), "response_hex");
    return QueryProposalResponse.parseFrom(answer).getProposal();
  }

  private static Proposal closed(String request) throws InvalidProtocolBufferException {
    Struct recorded =
        Vectors.list("queries_recorded")
            .filter(q -> Vectors.text(q, "path").equals("/cosmos.gov.v1.Query/Proposal"))
            .filter(q -> Vectors.text(q, "request_hex").equals(request))
            .findFirst()
            .orElseThrow();
    return QueryProposalResponse.parseFrom(Vectors.hex(recorded, "value_hex")).getProposal();
  }
}
