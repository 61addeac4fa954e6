package io.segue.bundles.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.segue.bundles.services.proto.autocli.AppOptionsRequest;
import io.segue.bundles.services.proto.autocli.AppOptionsResponse;
import io.segue.bundles.services.proto.health.HealthCheckRequest;
import io.segue.bundles.services.proto.health.HealthCheckResponse;
import io.segue.bundles.services.proto.health.HealthCheckResponse.ServingStatus;
import io.segue.bundles.services.proto.reflection.v1beta1.ListAllInterfacesRequest;
import io.segue.bundles.services.proto.reflection.v1beta1.ListAllInterfacesResponse;
import io.segue.bundles.services.proto.reflection.v1beta1.ListImplementationsRequest;
import io.segue.bundles.services.proto.reflection.v1beta1.ListImplementationsResponse;
import io.segue.bundles.services.proto.reflection.v2alpha1.GetAuthnDescriptorRequest;
import io.segue.bundles.services.proto.reflection.v2alpha1.GetAuthnDescriptorResponse;
import io.segue.bundles.services.proto.reflection.v2alpha1.GetChainDescriptorRequest;
import io.segue.bundles.services.proto.reflection.v2alpha1.GetChainDescriptorResponse;
import io.segue.bundles.services.proto.reflection.v2alpha1.GetCodecDescriptorRequest;
import io.segue.bundles.services.proto.reflection.v2alpha1.GetCodecDescriptorResponse;
import io.segue.bundles.services.proto.reflection.v2alpha1.GetConfigurationDescriptorRequest;
import io.segue.bundles.services.proto.reflection.v2alpha1.GetConfigurationDescriptorResponse;
import io.segue.bundles.services.proto.reflection.v2alpha1.GetQueryServicesDescriptorRequest;
import io.segue.bundles.services.proto.reflection.v2alpha1.GetQueryServicesDescriptorResponse;
import io.segue.bundles.services.proto.reflection.v2alpha1.GetTxDescriptorRequest;
import io.segue.bundles.services.proto.reflection.v2alpha1.GetTxDescriptorResponse;
import io.segue.bundles.services.proto.reflection.v2alpha1.SigningModeDescriptor;
import io.segue.kernel.api.node.GrpcQueries;
import org.junit.jupiter.api.Test;

class ChainReflectionTest {
  private static final String V1BETA1 = "/cosmos.base.reflection.v1beta1.ReflectionService/";
  private static final String V2ALPHA1 = "/cosmos.base.reflection.v2alpha1.ReflectionService/";
  private static final String MSG = "cosmos.base.v1beta1.Msg";
  private static final String SEND = "/cosmos.bank.v1beta1.MsgSend";

  private final FakeEngine chain = new FakeEngine();
  private final ChainReflection services =
      new ChainReflection(
          new ChainReader(
              chain.engine(),
              (path, request, height) ->
                  new GrpcQueries.Answer(new byte[] {10, 6, 'c', 'o', 's', 'm', 'o', 's'}, 7)),
          new BankInterfaces());

  @Test
  void namesTheMessagesThatTransactionsMayHave() throws Exception {
    assertThat(
            ask(
                    V1BETA1 + "ListAllInterfaces",
                    ListAllInterfacesRequest.getDefaultInstance(),
                    ListAllInterfacesResponse.parser())
                .getInterfaceNamesList())
        .containsExactly(MSG);
    assertThat(implementations(MSG).getImplementationMessageNamesList())
        .contains(SEND, "/cosmos.bank.v1beta1.MsgMultiSend")
        .isSorted();
    assertThat(implementations("cosmos.none").getImplementationMessageNamesList()).isEmpty();
    assertThatThrownBy(() -> implementations("")).hasMessage("invalid interface name");
    assertThat(
            ask(
                    V2ALPHA1 + "GetTxDescriptor",
                    GetTxDescriptorRequest.getDefaultInstance(),
                    GetTxDescriptorResponse.parser())
                .getTx()
                .getMsgsList())
        .anySatisfy(message -> assertThat(message.getMsgTypeUrl()).isEqualTo(SEND));
    assertThat(
            ask(
                    V2ALPHA1 + "GetCodecDescriptor",
                    GetCodecDescriptorRequest.getDefaultInstance(),
                    GetCodecDescriptorResponse.parser())
                .getCodec()
                .getInterfaces(0)
                .getInterfaceImplementersList())
        .anySatisfy(type -> assertThat(type.getFullname()).isEqualTo(SEND.substring(1)));
  }

  @Test
  void namesChainPrefixAndSignModes() throws Exception {
    assertThat(
            ask(
                    V2ALPHA1 + "GetChainDescriptor",
                    GetChainDescriptorRequest.getDefaultInstance(),
                    GetChainDescriptorResponse.parser())
                .getChain()
                .getId())
        .isEqualTo(chain.engine().chainId());
    assertThat(
            ask(
                    V2ALPHA1 + "GetConfigurationDescriptor",
                    GetConfigurationDescriptorRequest.getDefaultInstance(),
                    GetConfigurationDescriptorResponse.parser())
                .getConfig()
                .getBech32AccountAddressPrefix())
        .isEqualTo("cosmos");
    assertThat(
            ask(
                    V2ALPHA1 + "GetAuthnDescriptor",
                    GetAuthnDescriptorRequest.getDefaultInstance(),
                    GetAuthnDescriptorResponse.parser())
                .getAuthn()
                .getSignModesList())
        .extracting(SigningModeDescriptor::getNumber)
        .containsExactly(1, 127);
  }

  @Test
  void namesTheQueriesAndTheirModules() throws Exception {
    var services =
        ask(
                V2ALPHA1 + "GetQueryServicesDescriptor",
                GetQueryServicesDescriptorRequest.getDefaultInstance(),
                GetQueryServicesDescriptorResponse.parser())
            .getQueries()
            .getQueryServicesList();
    assertThat(services).hasSize(1);
    assertThat(services.get(0).getFullname()).isEqualTo("cosmos.bank.v1beta1.Query");
    assertThat(services.get(0).getIsModule()).isTrue();
    assertThat(services.get(0).getMethodsList())
        .anySatisfy(
            method ->
                assertThat(method.getFullQueryPath())
                    .isEqualTo("/cosmos.bank.v1beta1.Query/Balance"));
    var bank =
        ask(
                "/cosmos.autocli.v1.Query/AppOptions",
                AppOptionsRequest.getDefaultInstance(),
                AppOptionsResponse.parser())
            .getModuleOptionsOrThrow("bank");
    assertThat(bank.getQuery().getService()).isEqualTo("cosmos.bank.v1beta1.Query");
    assertThat(bank.getTx().getService()).isEqualTo("cosmos.bank.v1beta1.Msg");
  }

  @Test
  void isHealthyForWhatItServes() throws Exception {
    assertThat(health("").getStatus()).isEqualTo(ServingStatus.SERVING);
    assertThat(health("cosmos.bank.v1beta1.Query").getStatus()).isEqualTo(ServingStatus.SERVING);
    assertThatThrownBy(() -> health("cosmos.mint.v1beta1.Query")).hasMessage("unknown service");
  }

  private HealthCheckResponse health(String service) throws Exception {
    return ask(
        "/grpc.health.v1.Health/Check",
        HealthCheckRequest.newBuilder().setService(service).build(),
        HealthCheckResponse.parser());
  }

  private ListImplementationsResponse implementations(String name) throws Exception {
    return ask(
        V1BETA1 + "ListImplementations",
        ListImplementationsRequest.newBuilder().setInterfaceName(name).build(),
        ListImplementationsResponse.parser());
  }

  private <T> T ask(String path, Message request, Parser<T> parser) throws Exception {
    return parser.parseFrom(services.queries().get(path).answer(6, request.toByteArray()));
  }
}
