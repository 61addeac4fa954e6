package io.segue.bundles.services;

import io.segue.bundles.sdk.DescriptorSets;
import io.segue.bundles.sdk.proto.bank.BankQueryProto;
import io.segue.bundles.sdk.proto.bank.BankTxProto;
import io.segue.kernel.api.module.Descriptors;
import io.segue.kernel.api.node.Interfaces;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** A chain with the one module bank, at height 6. */
final class BankInterfaces implements Interfaces, Descriptors {
  @Override
  public long height() {
    return 6;
  }

  @Override
  public Descriptors at(long height) {
    return this;
  }

  @Override
  public List<byte[]> all() {
    return List.of(DescriptorSets.of(BankTxProto.getDescriptor(), BankQueryProto.getDescriptor()));
  }

  @Override
  public boolean routable(String typeUrl) {
    return typeUrl.startsWith("/cosmos.bank.v1beta1.Msg") && !typeUrl.endsWith("Response");
  }

  @Override
  public Set<String> queries() {
    return BankQueryProto.getDescriptor().findServiceByName("Query").getMethods().stream()
        .map(method -> "/cosmos.bank.v1beta1.Query/" + method.getName())
        .collect(Collectors.toSet());
  }

  @Override
  public Optional<String> queryOwner(String path) {
    return path.startsWith("/cosmos.bank.") ? Optional.of("bank") : Optional.empty();
  }

  @Override
  public <T> T derive(Class<T> type, Supplier<T> compute) {
    return compute.get();
  }

  @Override
  public Optional<String> owner(String typeUrl) {
    return Optional.empty();
  }
}
