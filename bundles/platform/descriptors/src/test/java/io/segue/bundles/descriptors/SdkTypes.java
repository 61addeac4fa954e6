package io.segue.bundles.descriptors;

import com.google.protobuf.Descriptors.FileDescriptor;
import io.segue.bundles.sdk.DescriptorSets;
import io.segue.bundles.sdk.proto.auth.QueryAccountRequest;
import io.segue.bundles.sdk.proto.bank.MsgSend;
import io.segue.bundles.sdk.proto.bank.QueryBalanceRequest;
import io.segue.bundles.sdk.proto.crypto.secp256k1.PubKey;
import io.segue.bundles.sdk.proto.gov.MsgVote;
import io.segue.bundles.sdk.proto.govv1beta1.QueryProposalRequest;
import io.segue.bundles.sdk.proto.staking.QueryValidatorsRequest;
import io.segue.bundles.sdk.proto.tx.SimulateRequest;
import io.segue.bundles.sdk.proto.upgrade.MsgSoftwareUpgrade;
import io.segue.kernel.api.module.Descriptors;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** A generation with the messages of the sdk, as one module. */
final class SdkTypes implements Descriptors {
  static final List<FileDescriptor> FILES =
      List.of(
          QueryAccountRequest.getDescriptor().getFile(),
          QueryBalanceRequest.getDescriptor().getFile(),
          MsgSend.getDescriptor().getFile(),
          PubKey.getDescriptor().getFile(),
          MsgVote.getDescriptor().getFile(),
          io.segue.bundles.sdk.proto.gov.QueryProposalRequest.getDescriptor().getFile(),
          QueryProposalRequest.getDescriptor().getFile(),
          QueryValidatorsRequest.getDescriptor().getFile(),
          SimulateRequest.getDescriptor().getFile(),
          MsgSoftwareUpgrade.getDescriptor().getFile());

  private final List<byte[]> sets;
  private final Set<String> queries = new TreeSet<>();
  private final Map<Class<?>, Object> derived = new HashMap<>();

  private SdkTypes(List<byte[]> sets) {
    this.sets = sets;
    for (FileDescriptor file : FILES) {
      file.getServices()
          .forEach(
              service ->
                  service
                      .getMethods()
                      .forEach(
                          method ->
                              queries.add("/" + service.getFullName() + "/" + method.getName())));
    }
  }

  static Types types() {
    return types(DescriptorSets.of(FILES.toArray(new FileDescriptor[0])));
  }

  static Types types(byte[]... sets) {
    return Types.of(new SdkTypes(List.of(sets)));
  }

  @Override
  public List<byte[]> all() {
    return sets;
  }

  @Override
  public boolean routable(String typeUrl) {
    return false;
  }

  @Override
  public Set<String> queries() {
    return queries;
  }

  @Override
  public <T> T derive(Class<T> type, Supplier<T> compute) {
    return type.cast(derived.computeIfAbsent(type, key -> compute.get()));
  }

  @Override
  public Optional<String> owner(String typeUrl) {
    return Optional.empty();
  }
}
