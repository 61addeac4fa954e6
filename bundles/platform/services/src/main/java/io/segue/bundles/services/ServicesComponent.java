package io.segue.bundles.services;

import io.segue.bundles.sdk.DescriptorSets;
import io.segue.bundles.services.proto.autocli.AutocliQueryProto;
import io.segue.bundles.services.proto.consensus.ConsensusQueryProto;
import io.segue.bundles.services.proto.health.HealthProto;
import io.segue.bundles.services.proto.node.NodeQueryProto;
import io.segue.bundles.services.proto.reflection.ReflectionProto;
import io.segue.bundles.services.proto.reflection.v1beta1.ReflectionV1Beta1Proto;
import io.segue.bundles.services.proto.reflection.v2alpha1.ReflectionV2Alpha1Proto;
import io.segue.bundles.services.proto.store.StoreQueryProto;
import io.segue.bundles.services.proto.tendermint.TendermintQueryProto;
import io.segue.bundles.services.proto.tx.TxServiceProto;
import io.segue.kernel.api.abci.Application;
import io.segue.kernel.api.engine.Engine;
import io.segue.kernel.api.node.GrpcQueries;
import io.segue.kernel.api.node.Interfaces;
import io.segue.kernel.api.node.NodeQueries;
import io.segue.kernel.api.store.StateStore;
import java.util.HashMap;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The services of a node that belong to no module, for as long as the engine is there. A change of
 * the settings that they tell of makes them again.
 */
@Component(
    service = NodeQueries.class,
    configurationPid = {"io.segue.kernel", "io.segue.store", "io.segue.rpc"})
public final class ServicesComponent implements NodeQueries {
  private final Map<String, NodeQuery> queries = new HashMap<>();
  private final byte[] descriptors =
      DescriptorSets.of(
          TxServiceProto.getDescriptor(),
          TendermintQueryProto.getDescriptor(),
          NodeQueryProto.getDescriptor(),
          ConsensusQueryProto.getDescriptor(),
          StoreQueryProto.getDescriptor(),
          ReflectionProto.getDescriptor(),
          ReflectionV1Beta1Proto.getDescriptor(),
          ReflectionV2Alpha1Proto.getDescriptor(),
          AutocliQueryProto.getDescriptor(),
          HealthProto.getDescriptor());

  @Activate
  public ServicesComponent(
      BundleContext context,
      Map<String, ?> settings,
      @Reference Engine engine,
      @Reference Application application,
      @Reference GrpcQueries modules,
      @Reference Interfaces interfaces,
      @Reference StateStore store) {
    this(
        NodeFacts.of(context.getBundle().getVersion().toString(), settings),
        engine,
        application,
        modules,
        interfaces,
        store);
  }

  ServicesComponent(
      NodeFacts facts,
      Engine engine,
      Application application,
      GrpcQueries modules,
      Interfaces interfaces,
      StateStore store) {
    ChainReader chain = new ChainReader(engine, modules);
    NodeService node = new NodeService(engine, facts, store::oldestHeight);
    queries.putAll(new TxService(chain).queries());
    queries.putAll(new TendermintService(chain, application, node::nodeInfo).queries());
    queries.putAll(node.queries());
    queries.putAll(new StoreService(store, application::query).queries());
    queries.putAll(new ReflectionService(interfaces).queries());
    queries.putAll(new ChainReflection(chain, interfaces).queries());
  }

  @Override
  public byte[] descriptors() {
    return descriptors.clone();
  }

  @Override
  public Map<String, NodeQuery> queries() {
    return queries;
  }
}
