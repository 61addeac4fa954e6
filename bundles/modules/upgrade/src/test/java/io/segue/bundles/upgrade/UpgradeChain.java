package io.segue.bundles.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.proto.upgrade.MsgCancelUpgrade;
import io.segue.bundles.sdk.proto.upgrade.MsgSoftwareUpgrade;
import io.segue.bundles.sdk.proto.upgrade.Plan;
import io.segue.kernel.api.abci.Abci.Event;
import io.segue.kernel.api.abci.Abci.ExecTxResult;
import io.segue.kernel.api.abci.Abci.QueryResponse;
import io.segue.kernel.api.module.Module;
import io.segue.kernel.testkit.modules.ModuleChain;
import io.segue.kernel.testkit.modules.PlainAuth;
import io.segue.kernel.testkit.modules.PlainTx;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A chain with the module upgrade, where anybody may sign for governance. */
final class UpgradeChain implements AutoCloseable {
  static final String GOV = "cosmos10d07y265gmmuvt4z0w9aw880jnsr700j6zn9kn";
  static final String A = "cosmos19rl4cm2hmr8afy4kldpxz3fka4jguq0auqdal4";

  private static final String SERVICE = "/cosmos.upgrade.v1beta1.Query/";

  private final ModuleChain chain;

  private UpgradeChain(ModuleChain chain) {
    this.chain = chain;
  }

  static UpgradeChain started() {
    UpgradeChain chain = new UpgradeChain(ModuleChain.of(Map.of(), modules()));
    chain.chain.start("{}");
    chain.chain.block();
    return chain;
  }

  static Module[] modules() {
    return new Module[] {
      new PlainAuth(), new UpgradeModule(new Addresses("cosmos")), new Named("bank", 4)
    };
  }

  ModuleChain chain() {
    return chain;
  }

  ExecTxResult run(Message message) {
    return chain.run(
        PlainTx.of("/" + message.getDescriptorForType().getFullName(), message.toByteArray()));
  }

  void succeed(Message message) {
    assertThat(run(message).log()).isEmpty();
  }

  QueryResponse query(String method, Message request) {
    return chain.query(SERVICE + method, request.toByteArray());
  }

  <T> T ask(String method, Message request, Parser<T> parser) {
    QueryResponse answer = query(method, request);
    assertThat(answer.log()).isEmpty();
    try {
      return parser.parseFrom(answer.value());
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    chain.close();
  }

  static MsgSoftwareUpgrade schedule(Plan.Builder plan) {
    return MsgSoftwareUpgrade.newBuilder().setAuthority(GOV).setPlan(plan).build();
  }

  static MsgCancelUpgrade cancel() {
    return MsgCancelUpgrade.newBuilder().setAuthority(GOV).build();
  }

  static Plan.Builder plan(String name, long height) {
    return Plan.newBuilder().setName(name).setHeight(height);
  }

  /** Events but the first of a message, which the kernel emits. */
  static List<String> text(List<Event> events) {
    return events.stream()
        .skip(1)
        .map(
            event ->
                event.type()
                    + event.attributes().stream()
                        .map(attribute -> attribute.key() + "=" + attribute.value())
                        .collect(Collectors.joining(", ", "{", "}")))
        .toList();
  }

  /** A module that is nothing but its name and version. */
  private record Named(String name, long consensusVersion) implements Module {
    @Override
    public List<String> stores() {
      return List.of();
    }
  }
}
