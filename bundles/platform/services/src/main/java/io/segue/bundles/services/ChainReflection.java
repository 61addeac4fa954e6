package io.segue.bundles.services;

import com.google.protobuf.Message;
import io.segue.bundles.sdk.proto.signing.SignMode;
import io.segue.bundles.services.proto.autocli.AppOptionsRequest;
import io.segue.bundles.services.proto.autocli.AppOptionsResponse;
import io.segue.bundles.services.proto.autocli.ModuleOptions;
import io.segue.bundles.services.proto.autocli.ServiceCommandDescriptor;
import io.segue.bundles.services.proto.health.HealthCheckRequest;
import io.segue.bundles.services.proto.health.HealthCheckResponse;
import io.segue.bundles.services.proto.health.HealthCheckResponse.ServingStatus;
import io.segue.bundles.services.proto.reflection.v1beta1.ListAllInterfacesRequest;
import io.segue.bundles.services.proto.reflection.v1beta1.ListAllInterfacesResponse;
import io.segue.bundles.services.proto.reflection.v1beta1.ListImplementationsRequest;
import io.segue.bundles.services.proto.reflection.v1beta1.ListImplementationsResponse;
import io.segue.bundles.services.proto.reflection.v2alpha1.AuthnDescriptor;
import io.segue.bundles.services.proto.reflection.v2alpha1.ChainDescriptor;
import io.segue.bundles.services.proto.reflection.v2alpha1.CodecDescriptor;
import io.segue.bundles.services.proto.reflection.v2alpha1.ConfigurationDescriptor;
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
import io.segue.bundles.services.proto.reflection.v2alpha1.InterfaceDescriptor;
import io.segue.bundles.services.proto.reflection.v2alpha1.InterfaceImplementerDescriptor;
import io.segue.bundles.services.proto.reflection.v2alpha1.MsgDescriptor;
import io.segue.bundles.services.proto.reflection.v2alpha1.QueryMethodDescriptor;
import io.segue.bundles.services.proto.reflection.v2alpha1.QueryServiceDescriptor;
import io.segue.bundles.services.proto.reflection.v2alpha1.QueryServicesDescriptor;
import io.segue.bundles.services.proto.reflection.v2alpha1.SigningModeDescriptor;
import io.segue.bundles.services.proto.reflection.v2alpha1.TxDescriptor;
import io.segue.kernel.api.module.Descriptors;
import io.segue.kernel.api.module.QueryException;
import io.segue.kernel.api.module.QueryException.Status;
import io.segue.kernel.api.node.Interfaces;
import io.segue.kernel.api.node.NodeQueries.NodeQuery;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the chain can be told and asked, as the Cosmos SDK's services of reflection answer it:
 * {@code cosmos.base.reflection} and {@code cosmos.autocli.v1.Query}; and {@code
 * grpc.health.v1.Health}.
 */
final class ChainReflection {
  /** The one interface whose implementations the descriptors name. */
  private static final String MSG = "cosmos.base.v1beta1.Msg";

  private static final List<SignMode> SIGN_MODES =
      List.of(SignMode.SIGN_MODE_DIRECT, SignMode.SIGN_MODE_LEGACY_AMINO_JSON);

  private final ChainReader chain;
  private final Interfaces interfaces;

  ChainReflection(ChainReader chain, Interfaces interfaces) {
    this.chain = chain;
    this.interfaces = interfaces;
  }

  Map<String, NodeQuery> queries() {
    Map<String, NodeQuery> queries = new HashMap<>();
    queries.putAll(
        new Service("cosmos.base.reflection.v1beta1.ReflectionService")
            .add("ListAllInterfaces", ListAllInterfacesRequest.parser(), request -> interfaces())
            .addAt(
                "ListImplementations", ListImplementationsRequest.parser(), this::implementations)
            .queries());
    queries.putAll(
        new Service("cosmos.base.reflection.v2alpha1.ReflectionService")
            .add("GetAuthnDescriptor", GetAuthnDescriptorRequest.parser(), request -> authn())
            .add("GetChainDescriptor", GetChainDescriptorRequest.parser(), request -> chain())
            .addAt("GetCodecDescriptor", GetCodecDescriptorRequest.parser(), this::codec)
            .add(
                "GetConfigurationDescriptor",
                GetConfigurationDescriptorRequest.parser(),
                request -> configuration())
            .addAt(
                "GetQueryServicesDescriptor",
                GetQueryServicesDescriptorRequest.parser(),
                this::services)
            .addAt("GetTxDescriptor", GetTxDescriptorRequest.parser(), this::tx)
            .queries());
    queries.putAll(
        new Service("cosmos.autocli.v1.Query")
            .addAt("AppOptions", AppOptionsRequest.parser(), this::options)
            .queries());
    queries.putAll(
        new Service("grpc.health.v1.Health")
            .addAt("Check", HealthCheckRequest.parser(), this::health)
            .queries());
    return queries;
  }

  private static Message interfaces() {
    return ListAllInterfacesResponse.newBuilder().addInterfaceNames(MSG).build();
  }

  private Message implementations(long height, ListImplementationsRequest request) {
    ListImplementationsResponse.Builder response = ListImplementationsResponse.newBuilder();
    if (request.getInterfaceName().isEmpty()) {
      throw new QueryException(Status.InvalidArgument, "invalid interface name");
    }
    if (request.getInterfaceName().equals(MSG)) {
      response.addAllImplementationMessageNames(at(height).messages());
    }
    return response.build();
  }

  private static Message authn() {
    AuthnDescriptor.Builder authn = AuthnDescriptor.newBuilder();
    for (SignMode mode : SIGN_MODES) {
      authn.addSignModes(
          SigningModeDescriptor.newBuilder().setName(mode.name()).setNumber(mode.getNumber()));
    }
    return GetAuthnDescriptorResponse.newBuilder().setAuthn(authn).build();
  }

  private Message chain() {
    return GetChainDescriptorResponse.newBuilder()
        .setChain(ChainDescriptor.newBuilder().setId(chain.engine().chainId()))
        .build();
  }

  private Message codec(long height, GetCodecDescriptorRequest request) {
    InterfaceDescriptor.Builder messages = InterfaceDescriptor.newBuilder().setFullname(MSG);
    for (String typeUrl : at(height).messages()) {
      messages.addInterfaceImplementers(
          InterfaceImplementerDescriptor.newBuilder()
              .setFullname(typeUrl.substring(1))
              .setTypeUrl(typeUrl));
    }
    return GetCodecDescriptorResponse.newBuilder()
        .setCodec(CodecDescriptor.newBuilder().addInterfaces(messages))
        .build();
  }

  private Message configuration() {
    return GetConfigurationDescriptorResponse.newBuilder()
        .setConfig(
            ConfigurationDescriptor.newBuilder()
                .setBech32AccountAddressPrefix(chain.accountPrefix()))
        .build();
  }

  private Message services(long height, GetQueryServicesDescriptorRequest request) {
    Descriptors descriptors = interfaces.at(height);
    QueryServicesDescriptor.Builder queries = QueryServicesDescriptor.newBuilder();
    AppDescriptors.of(descriptors)
        .services()
        .forEach(
            (name, paths) -> {
              QueryServiceDescriptor.Builder service =
                  QueryServiceDescriptor.newBuilder().setFullname(name);
              for (String path : paths) {
                service.addMethods(
                    QueryMethodDescriptor.newBuilder()
                        .setName(path.substring(path.lastIndexOf('/') + 1))
                        .setFullQueryPath(path));
              }
              queries.addQueryServices(
                  service.setIsModule(
                      paths.stream().anyMatch(path -> descriptors.queryOwner(path).isPresent())));
            });
    return GetQueryServicesDescriptorResponse.newBuilder().setQueries(queries).build();
  }

  private Message tx(long height, GetTxDescriptorRequest request) {
    TxDescriptor.Builder tx = TxDescriptor.newBuilder().setFullname("cosmos.tx.v1beta1.Tx");
    at(height).messages().forEach(url -> tx.addMsgs(MsgDescriptor.newBuilder().setMsgTypeUrl(url)));
    return GetTxDescriptorResponse.newBuilder().setTx(tx).build();
  }

  /** The first query service of each module, and the messages beside it. */
  private Message options(long height, AppOptionsRequest request) {
    Descriptors descriptors = interfaces.at(height);
    AppDescriptors app = AppDescriptors.of(descriptors);
    AppOptionsResponse.Builder options = AppOptionsResponse.newBuilder();
    app.services()
        .forEach(
            (service, paths) ->
                paths.stream()
                    .flatMap(path -> descriptors.queryOwner(path).stream())
                    .filter(module -> !options.containsModuleOptions(module))
                    .forEach(module -> options.putModuleOptions(module, module(app, service))));
    return options.build();
  }

  private static ModuleOptions module(AppDescriptors app, String service) {
    String inPackage = service.substring(0, service.lastIndexOf('.') + 1);
    ModuleOptions.Builder module =
        ModuleOptions.newBuilder()
            .setQuery(ServiceCommandDescriptor.newBuilder().setService(service));
    if (app.messages().stream().anyMatch(url -> url.startsWith("/" + inPackage))) {
      module.setTx(ServiceCommandDescriptor.newBuilder().setService(inPackage + "Msg"));
    }
    return module.build();
  }

  private Message health(long height, HealthCheckRequest request) {
    String service = request.getService();
    if (!service.isEmpty() && !at(height).services().containsKey(service)) {
      throw new QueryException(Status.NotFound, "unknown service");
    }
    return HealthCheckResponse.newBuilder().setStatus(ServingStatus.SERVING).build();
  }

  private AppDescriptors at(long height) {
    return AppDescriptors.of(interfaces.at(height));
  }
}
