package io.segue.bundles.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.FileOptions;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.segue.bundles.sdk.DescriptorSets;
import io.segue.bundles.sdk.proto.abci.TxResponse;
import io.segue.bundles.sdk.proto.base.PageRequest;
import io.segue.bundles.sdk.proto.tx.AuthInfo;
import io.segue.bundles.sdk.proto.tx.Fee;
import io.segue.bundles.sdk.proto.tx.Tx;
import io.segue.bundles.sdk.proto.tx.TxBody;
import io.segue.bundles.sdk.proto.tx.TxRaw;
import io.segue.bundles.services.proto.consensus.QueryParamsResponse;
import io.segue.bundles.services.proto.node.ConfigResponse;
import io.segue.bundles.services.proto.node.StatusResponse;
import io.segue.bundles.services.proto.reflection.FileDescriptorsRequest;
import io.segue.bundles.services.proto.reflection.FileDescriptorsResponse;
import io.segue.bundles.services.proto.tendermint.ABCIQueryRequest;
import io.segue.bundles.services.proto.tendermint.ABCIQueryResponse;
import io.segue.bundles.services.proto.tendermint.GetBlockByHeightRequest;
import io.segue.bundles.services.proto.tendermint.GetBlockByHeightResponse;
import io.segue.bundles.services.proto.tendermint.GetLatestBlockResponse;
import io.segue.bundles.services.proto.tendermint.GetLatestValidatorSetResponse;
import io.segue.bundles.services.proto.tendermint.GetNodeInfoResponse;
import io.segue.bundles.services.proto.tendermint.GetSyncingResponse;
import io.segue.bundles.services.proto.tendermint.GetValidatorSetByHeightRequest;
import io.segue.bundles.services.proto.tendermint.Module;
import io.segue.bundles.services.proto.tx.BroadcastMode;
import io.segue.bundles.services.proto.tx.BroadcastTxRequest;
import io.segue.bundles.services.proto.tx.BroadcastTxResponse;
import io.segue.bundles.services.proto.tx.GetBlockWithTxsRequest;
import io.segue.bundles.services.proto.tx.GetBlockWithTxsResponse;
import io.segue.bundles.services.proto.tx.GetTxRequest;
import io.segue.bundles.services.proto.tx.GetTxResponse;
import io.segue.bundles.services.proto.tx.GetTxsEventRequest;
import io.segue.bundles.services.proto.tx.GetTxsEventResponse;
import io.segue.bundles.services.proto.tx.TxDecodeRequest;
import io.segue.bundles.services.proto.tx.TxDecodeResponse;
import io.segue.bundles.services.proto.tx.TxEncodeRequest;
import io.segue.bundles.services.proto.tx.TxEncodeResponse;
import io.segue.kernel.api.abci.Abci.Event;
import io.segue.kernel.api.abci.Abci.ExecTxResult;
import io.segue.kernel.api.abci.Abci.ProofOp;
import io.segue.kernel.api.abci.Abci.QueryRequest;
import io.segue.kernel.api.abci.Abci.QueryResponse;
import io.segue.kernel.api.abci.Application;
import io.segue.kernel.api.engine.Engine.TxResult;
import io.segue.kernel.api.module.Descriptors;
import io.segue.kernel.api.module.QueryException;
import io.segue.kernel.api.node.GrpcQueries;
import io.segue.kernel.api.node.Interfaces;
import io.segue.kernel.api.store.StateStore;
import io.segue.kernel.testkit.InMemoryStore;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class QueryServicesTest {
  private static final String TX = "/cosmos.tx.v1beta1.Service/";
  private static final String COMET = "/cosmos.base.tendermint.v1beta1.Service/";
  private static final String NODE = "/cosmos.base.node.v1beta1.Service/";

  private static final Tx SENT =
      Tx.newBuilder()
          .setBody(TxBody.newBuilder().setMemo("hello"))
          .setAuthInfo(AuthInfo.newBuilder().setFee(Fee.newBuilder().setGasLimit(5)))
          .addSignatures(ByteString.copyFromUtf8("sig"))
          .build();

  private final FakeEngine chain = new FakeEngine();
  private final ServicesComponent services =
      new ServicesComponent(
          NodeFacts.of(
              "1.0.0",
              Map.of(
                  "host", "0.0.0.0",
                  "port", "26657",
                  "minimumGasPrices", "0.025stake",
                  "pruning-keep-recent", "100",
                  "halt-height", "9")),
          chain.engine(),
          application(),
          (path, request, height) ->
              new GrpcQueries.Answer(new byte[] {10, 6, 'c', 'o', 's', 'm', 'o', 's'}, 7),
          interfaces(),
          state());

  /** At height 2, the oldest. */
  private static StateStore state() {
    StateStore state = new InMemoryStore();
    state.commit(state.stage(List.of(), new TreeMap<>()), 2, Map.of());
    return state;
  }

  @Test
  void declaresWhatItAnswersAndTheSimulationOfTheKernel() {
    Set<String> declared = new TreeSet<>();
    for (FileDescriptor file : DescriptorSets.files(List.of(services.descriptors()))) {
      file.getServices()
          .forEach(
              service ->
                  service
                      .getMethods()
                      .forEach(method -> declared.add(path(service.getFullName(), method))));
    }
    assertThat(services.queries().keySet()).isSubsetOf(declared);
    declared.removeAll(services.queries().keySet());
    assertThat(declared).containsExactly(TX + "Simulate");
  }

  @Test
  void findsATransactionAndShowsItAsTheSdkDoes() throws Exception {
    commit((byte) 0xab);

    GetTxResponse found =
        ask(TX + "GetTx", GetTxRequest.newBuilder().setHash("ab").build(), GetTxResponse.parser());

    TxResponse response = found.getTxResponse();
    assertThat(found.getTx()).isEqualTo(SENT);
    assertThat(response.getTxhash()).isEqualTo("AB");
    assertThat(response.getHeight()).isEqualTo(5);
    assertThat(response.getTimestamp()).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(response.getData()).isEqualTo("0FF0");
    assertThat(response.getRawLog()).isEqualTo("log");
    assertThat(response.getLogsList()).isEmpty();
    assertThat(response.getTx().getTypeUrl()).isEqualTo("/cosmos.tx.v1beta1.Tx");
    assertThat(Tx.parseFrom(response.getTx().getValue())).isEqualTo(SENT);
    assertThat(response.getEvents(0).getAttributes(0).getKey()).isEqualTo("spender");
    assertThat(response.getEvents(0).getAttributes(0).getIndex()).isTrue();
  }

  @Test
  void searchesForTransactions() throws Exception {
    commit((byte) 0xab);
    GetTxsEventResponse found =
        ask(TX + "GetTxsEvent", search("tx.height = 5", 0), GetTxsEventResponse.parser());
    assertThat(found.getTxsList()).containsExactly(SENT);
    assertThat(found.getTxResponses(0).getTxhash()).isEqualTo("AB");
    assertThat(found.getTotal()).isEqualTo(1);
    assertThat(chain.searched.conditions().get(0).key()).isEqualTo("tx.height");
    assertThat(chain.searched.limit()).isEqualTo(TxService.MAX_TXS);
    assertThatThrownBy(() -> call(TX + "GetTxsEvent", search("", 0)))
        .hasMessage("query cannot be empty");
    assertThatThrownBy(() -> call(TX + "GetTxsEvent", search("tx.height = 5", 3)))
        .hasMessage("failed to search for txs: page should be within [1, 1] range, given 3");
    for (long end : new long[] {Long.MAX_VALUE, Long.MIN_VALUE, -1}) {
      assertThatThrownBy(() -> call(TX + "GetTxsEvent", search("tx.height = 5", end)))
          .hasMessageEndingWith("within [1, 1] range, given " + Long.toUnsignedString(end));
      assertThat(chain.searched.offset()).isNotNegative();
    }
    assertThatThrownBy(() -> call(TX + "GetTxsEvent", search("height =", 0)))
        .hasMessageStartingWith("failed to search for txs: offset ");
  }

  private static GetTxsEventRequest search(String query, long page) {
    return GetTxsEventRequest.newBuilder().setQuery(query).setPage(page).build();
  }

  @Test
  void refusesTransactionsInTheWordsOfTheSdk() {
    refuses(GetTxRequest.newBuilder().setHash("ABAB").build(), "NotFound", "tx not found: ABAB");
    refuses(GetTxRequest.getDefaultInstance(), "InvalidArgument", "tx hash cannot be empty");
    assertThatThrownBy(() -> call(TX + "GetTx", GetTxRequest.newBuilder().setHash("xyz").build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the hash is not in hex");
    assertThatThrownBy(
            () -> call(TX + "BroadcastTx", broadcast(BroadcastMode.BROADCAST_MODE_BLOCK)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("unsupported return type unspecified; supported types: sync, async");
  }

  @Test
  void offersTransactionsToTheMempool() throws Exception {
    assertThat(offered(BroadcastMode.BROADCAST_MODE_SYNC).getRawLog())
        .isEqualTo("insufficient funds");
    assertThat(offered(BroadcastMode.BROADCAST_MODE_ASYNC).getCode()).isZero();
    assertThat(offered(BroadcastMode.BROADCAST_MODE_ASYNC).getTxhash()).hasSize(64);
    chain.mempoolRefuses = "tx already exists in cache";
    assertThat(offered(BroadcastMode.BROADCAST_MODE_SYNC).getCode()).isEqualTo(19);
    chain.mempoolRefuses = "mempool is full: number of txs 5000";
    assertThat(offered(BroadcastMode.BROADCAST_MODE_ASYNC).getCode()).isEqualTo(20);
    chain.mempoolRefuses = "busy, held: for a plan";
    assertThatThrownBy(() -> offered(BroadcastMode.BROADCAST_MODE_SYNC))
        .hasMessage("busy, held: for a plan");
  }

  @Test
  void decodesAndEncodesTransactions() throws Exception {
    TxDecodeResponse decoded =
        ask(
            TX + "TxDecode",
            TxDecodeRequest.newBuilder().setTxBytes(raw().toByteString()).build(),
            TxDecodeResponse.parser());
    assertThat(decoded.getTx()).isEqualTo(SENT);
    TxEncodeResponse encoded =
        ask(
            TX + "TxEncode",
            TxEncodeRequest.newBuilder().setTx(SENT).build(),
            TxEncodeResponse.parser());
    assertThat(encoded.getTxBytes()).isEqualTo(raw().toByteString());
    assertThatThrownBy(
            () ->
                call(
                    TX + "TxDecode",
                    TxDecodeRequest.newBuilder().setTxBytes(ByteString.copyFromUtf8("zz")).build()))
        .hasMessageEndingWith(": tx parse error");
  }

  @Test
  void aProposersEntryIsNoTransactionOfItsBlock() throws Exception {
    byte[] entry = {0, 'v', 'o', 't', 'e', 1};
    chain.blockTxs.addAll(List.of(entry, raw().toByteArray()));
    GetBlockWithTxsResponse block = block(PageRequest.getDefaultInstance());
    assertThat(block.getTxsList()).containsExactly(SENT);
    assertThat(block.getBlock().getData().getTxsCount()).isEqualTo(2);

    commit((byte) 0xab, entry);
    GetTxResponse found =
        ask(TX + "GetTx", GetTxRequest.newBuilder().setHash("ab").build(), GetTxResponse.parser());
    assertThat(found.getTx()).isEqualTo(Tx.getDefaultInstance());
    assertThat(found.getTxResponse().getTxhash()).isEqualTo("AB");
    GetTxsEventResponse searched =
        ask(TX + "GetTxsEvent", search("tx.height = 5", 0), GetTxsEventResponse.parser());
    assertThat(searched.getTxsList()).containsExactly(Tx.getDefaultInstance());
  }

  @Test
  void pagesTheTransactionsOfABlock() throws Exception {
    chain.blockTxs.addAll(List.of(raw().toByteArray(), new byte[0], new byte[0]));

    GetBlockWithTxsResponse all = block(PageRequest.getDefaultInstance());
    assertThat(all.getTxsCount()).isEqualTo(3);
    assertThat(all.getTxs(0)).isEqualTo(SENT);
    assertThat(all.getPagination().getTotal()).isEqualTo(3);
    assertThat(all.getBlock().getHeader().getHeight()).isEqualTo(5);
    assertThat(block(PageRequest.newBuilder().setOffset(1).setLimit(1).build()).getTxsCount())
        .isEqualTo(1);
    GetBlockWithTxsResponse reversed = block(PageRequest.newBuilder().setReverse(true).build());
    assertThat(reversed.getTxs(2)).isEqualTo(SENT);
    for (long end : new long[] {Long.MAX_VALUE, Long.MIN_VALUE, -1}) {
      assertThat(block(PageRequest.newBuilder().setOffset(2).setLimit(end).build()).getTxsCount())
          .isEqualTo(1);
      assertThatThrownBy(() -> block(PageRequest.newBuilder().setOffset(end).build()))
          .hasMessageContaining("txs with offset " + Long.toUnsignedString(end));
    }
    assertThatThrownBy(() -> block(PageRequest.newBuilder().setOffset(3).build()))
        .hasMessageStartingWith("out of range: cannot paginate 3 txs with offset 3");
    assertThatThrownBy(
            () ->
                call(
                    TX + "GetBlockWithTxs",
                    GetBlockWithTxsRequest.newBuilder().setHeight(8).build()))
        .hasMessage(
            "requested height 8 but height must not be less than 1 or greater than the current"
                + " height 7: invalid height");
  }

  @Test
  void showsBlocksInBothForms() throws Exception {
    GetBlockByHeightResponse block =
        ask(
            COMET + "GetBlockByHeight",
            GetBlockByHeightRequest.newBuilder().setHeight(4).build(),
            GetBlockByHeightResponse.parser());
    assertThat(block.getBlock().hasEvidence()).isTrue();
    assertThat(block.getBlock().getLastCommit().getHeight()).isEqualTo(3);
    assertThat(block.getBlock().getHeader().getTime().getNanos()).isEqualTo(985466390);
    assertThat(block.getSdkBlock().getHeader().getProposerAddress())
        .startsWith("cosmosvalcons1qqqq");
    assertThat(block.getSdkBlock().getHeader().getAppHash())
        .isEqualTo(block.getBlock().getHeader().getAppHash());
    assertThat(
            ask(COMET + "GetLatestBlock", Tx.getDefaultInstance(), GetLatestBlockResponse.parser())
                .getBlock()
                .getHeader()
                .getHeight())
        .isEqualTo(7);
    assertThatThrownBy(() -> call(COMET + "GetBlockByHeight", height(8)))
        .hasMessage("requested block height is bigger then the chain length");
    assertThatThrownBy(() -> call(COMET + "GetBlockByHeight", height(2)))
        .hasMessage("height 2 is not available, lowest height is 3");
    assertThatThrownBy(() -> call(COMET + "GetBlockByHeight", height(0)))
        .hasMessage("height must be greater than 0, but got 0");
  }

  @Test
  void showsValidators() throws Exception {
    GetLatestValidatorSetResponse latest =
        ask(
            COMET + "GetLatestValidatorSet",
            Tx.getDefaultInstance(),
            GetLatestValidatorSetResponse.parser());
    assertThat(latest.getBlockHeight()).isEqualTo(8);
    assertThat(latest.getValidators(0).getVotingPower()).isEqualTo(1000);
    assertThat(latest.getValidators(0).getPubKey().getTypeUrl())
        .isEqualTo("/cosmos.crypto.ed25519.PubKey");
    assertThat(latest.getPagination().getTotal()).isEqualTo(1);
    assertThatThrownBy(
            () ->
                call(
                    COMET + "GetValidatorSetByHeight",
                    GetValidatorSetByHeightRequest.newBuilder()
                        .setHeight(4)
                        .setPagination(PageRequest.newBuilder().setOffset(100))
                        .build()))
        .hasMessage("page should be within [1, 1] range, given 2");
  }

  @Test
  void tellsOfTheNode() throws Exception {
    GetNodeInfoResponse info =
        ask(COMET + "GetNodeInfo", Tx.getDefaultInstance(), GetNodeInfoResponse.parser());
    assertThat(info.getDefaultNodeInfo().getNetwork()).isEqualTo("chain-1");
    assertThat(info.getDefaultNodeInfo().getOther().getRpcAddress())
        .isEqualTo("tcp://0.0.0.0:26657");
    assertThat(info.getApplicationVersion().getCosmosSdkVersion()).startsWith("v0.50.");
    assertThat(info.getApplicationVersion().getBuildDepsList())
        .extracting(Module::getPath, dependency -> dependency.getVersion().substring(0, 6))
        .containsExactly(
            tuple("github.com/cosmos/cosmos-sdk", "v0.50."),
            tuple("github.com/cometbft/cometbft", "v0.38."));
    ConfigResponse config = ask(NODE + "Config", Tx.getDefaultInstance(), ConfigResponse.parser());
    assertThat(config.getMinimumGasPrice()).isEqualTo("0.025stake");
    assertThat(config.getPruningKeepRecent()).isEqualTo("100");
    assertThat(config.getPruningInterval()).isEqualTo("0");
    assertThat(config.getHaltHeight()).isEqualTo(9);
    StatusResponse status = ask(NODE + "Status", Tx.getDefaultInstance(), StatusResponse.parser());
    assertThat(status.getEarliestStoreHeight()).isEqualTo(2);
    assertThat(status.getHeight()).isEqualTo(6);
    assertThat(status.getAppHash()).isEqualTo(ByteString.copyFrom(new byte[] {7}));
    QueryParamsResponse params =
        ask(
            "/cosmos.consensus.v1.Query/Params",
            Tx.getDefaultInstance(),
            QueryParamsResponse.parser());
    assertThat(params.getParams().getVersion().getApp()).isEqualTo(7);
    assertThat(params.getParams().getEvidence().getMaxAgeDuration().getSeconds()).isEqualTo(172800);
  }

  @Test
  void tellsOfAnEngineOutsideTheProcess() throws Exception {
    assertThat(syncing()).isFalse();
    chain.catchingUp = true;
    assertThat(syncing()).isTrue();
    chain.ownRpc = URI.create("http://127.0.0.1:4711");
    GetNodeInfoResponse info =
        ask(COMET + "GetNodeInfo", Tx.getDefaultInstance(), GetNodeInfoResponse.parser());
    assertThat(info.getDefaultNodeInfo().getOther().getRpcAddress())
        .isEqualTo("tcp://127.0.0.1:4711");
    chain.unavailable = "CometBFT does not answer";
    assertThatThrownBy(() -> call(COMET + "GetLatestBlock", Tx.getDefaultInstance()))
        .isInstanceOfSatisfying(
            QueryException.class,
            e -> assertThat(e.status()).isEqualTo(QueryException.Status.Unavailable))
        .hasMessage("CometBFT does not answer");
  }

  private boolean syncing() throws Exception {
    return ask(COMET + "GetSyncing", Tx.getDefaultInstance(), GetSyncingResponse.parser())
        .getSyncing();
  }

  @Test
  void answersRawQueriesAndNoOthers() throws Exception {
    ABCIQueryResponse answer =
        ask(
            COMET + "ABCIQuery",
            ABCIQueryRequest.newBuilder().setPath("/store/bank/key").setProve(true).build(),
            ABCIQueryResponse.parser());
    assertThat(answer.getValue().toStringUtf8()).isEqualTo("/store/bank/key");
    assertThat(answer.getProofOps().getOps(0).getType()).isEqualTo("ics23:smt");
    assertThatThrownBy(
            () ->
                call(
                    COMET + "ABCIQuery",
                    ABCIQueryRequest.newBuilder().setPath(COMET + "ABCIQuery").build()))
        .hasMessage("unsupported ABCI query path: " + COMET + "ABCIQuery");
  }

  private void commit(byte hash) {
    commit(hash, raw().toByteArray());
  }

  private void commit(byte hash, byte[] tx) {
    chain.txs.add(
        new TxResult(
            new byte[] {hash},
            5,
            0,
            tx,
            new ExecTxResult(
                0,
                new byte[] {0x0f, (byte) 0xf0},
                "log",
                9,
                8,
                List.of(Event.of("coin_spent", "spender", "ann")),
                "")));
  }

  private static TxRaw raw() {
    return TxRaw.newBuilder()
        .setBodyBytes(SENT.getBody().toByteString())
        .setAuthInfoBytes(SENT.getAuthInfo().toByteString())
        .addAllSignatures(SENT.getSignaturesList())
        .build();
  }

  private TxResponse offered(BroadcastMode mode) throws Exception {
    return ask(TX + "BroadcastTx", broadcast(mode), BroadcastTxResponse.parser()).getTxResponse();
  }

  private static BroadcastTxRequest broadcast(BroadcastMode mode) {
    return BroadcastTxRequest.newBuilder().setTxBytes(raw().toByteString()).setMode(mode).build();
  }

  private GetBlockWithTxsResponse block(PageRequest page) throws Exception {
    return ask(
        TX + "GetBlockWithTxs",
        GetBlockWithTxsRequest.newBuilder().setHeight(5).setPagination(page).build(),
        GetBlockWithTxsResponse.parser());
  }

  private static GetBlockByHeightRequest height(long height) {
    return GetBlockByHeightRequest.newBuilder().setHeight(height).build();
  }

  private void refuses(GetTxRequest request, String status, String text) {
    assertThatThrownBy(() -> call(TX + "GetTx", request))
        .isInstanceOfSatisfying(
            QueryException.class, refused -> assertThat(refused.status().name()).isEqualTo(status))
        .hasMessage(text);
  }

  private <T> T ask(String path, Message request, Parser<T> parser) throws Exception {
    return parser.parseFrom(call(path, request));
  }

  private byte[] call(String path, Message request) {
    return services.queries().get(path).answer(6, request.toByteArray());
  }

  private static String path(String service, MethodDescriptor method) {
    return "/" + service + "/" + method.getName();
  }

  @Test
  void describesEachFileOnceAsItsOwnerHasIt() throws Exception {
    FileDescriptorsResponse described =
        ask(
            "/cosmos.reflection.v1.ReflectionService/FileDescriptors",
            FileDescriptorsRequest.getDefaultInstance(),
            FileDescriptorsResponse.parser());
    assertThat(described.getFilesList())
        .extracting(FileDescriptorProto::getName)
        .containsExactly("shared.proto", "owned.proto", "asked.proto");
    assertThat(described.getFilesList())
        .extracting(file -> file.getOptions().getJavaPackage())
        .containsExactly("first", "owner", "asked");
    assertThat(described.getFilesList())
        .as("only modules may ask the others")
        .extracting(FileDescriptorProto::getServiceCount)
        .containsExactly(0, 0, 1);
  }

  /** Two modules with files of the same names, and a third whose descriptors are none. */
  private static Interfaces interfaces() {
    byte[] first =
        FileDescriptorSet.newBuilder()
            .addFile(file("shared", "first"))
            .addFile(file("owned", "first"))
            .addFile(file("asked", "first"))
            .build()
            .toByteArray();
    byte[] owner =
        FileDescriptorSet.newBuilder()
            .addFile(file("shared", "owner"))
            .addFile(file("owned", "owner"))
            .addFile(file("asked", "asked"))
            .build()
            .toByteArray();
    Descriptors descriptors =
        new Descriptors() {
          @Override
          public List<byte[]> all() {
            return List.of(first, new byte[] {10}, owner);
          }

          @Override
          public byte[] of(String module) {
            return module.equals("owner") ? owner : first;
          }

          @Override
          public boolean routable(String typeUrl) {
            return owner(typeUrl).isPresent();
          }

          @Override
          public <T> T derive(Class<T> type, Supplier<T> compute) {
            return compute.get();
          }

          @Override
          public Optional<String> owner(String typeUrl) {
            return typeUrl.equals("/owned.Msg") ? Optional.of("owner") : Optional.empty();
          }

          @Override
          public Set<String> queries() {
            return Set.of("/asked.Query/Ask");
          }

          @Override
          public Optional<String> queryOwner(String path) {
            return path.equals("/asked.Query/Ask") ? Optional.of("owner") : Optional.empty();
          }
        };
    return new Interfaces() {
      @Override
      public long height() {
        return 6;
      }

      @Override
      public Descriptors at(long height) {
        return descriptors;
      }
    };
  }

  private static FileDescriptorProto file(String name, String version) {
    return FileDescriptorProto.newBuilder()
        .setName(name + ".proto")
        .setPackage(name)
        .setOptions(FileOptions.newBuilder().setJavaPackage(version))
        .addMessageType(DescriptorProto.newBuilder().setName("Msg"))
        .addService(
            ServiceDescriptorProto.newBuilder()
                .setName("Query")
                .addMethod(MethodDescriptorProto.newBuilder().setName("Ask")))
        .build();
  }

  /** Answers with the path that it was asked for, and a proof. */
  private static Application application() {
    return (Application)
        Proxy.newProxyInstance(
            Application.class.getClassLoader(),
            new Class<?>[] {Application.class},
            (proxy, method, args) ->
                new QueryResponse(
                    0,
                    "",
                    "",
                    new byte[0],
                    ((QueryRequest) args[0]).path().getBytes(StandardCharsets.UTF_8),
                    List.of(new ProofOp("ics23:smt", new byte[0], new byte[0])),
                    6));
  }
}
