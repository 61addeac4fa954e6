package io.segue.bundles.rest;

import com.google.protobuf.Descriptors.FileDescriptor;
import io.segue.bundles.sdk.DescriptorSets;
import io.segue.bundles.sdk.proto.auth.QueryAccountRequest;
import io.segue.bundles.sdk.proto.bank.MsgSend;
import io.segue.bundles.sdk.proto.bank.QueryBalanceRequest;
import io.segue.bundles.sdk.proto.crypto.secp256k1.PubKey;
import io.segue.bundles.sdk.proto.gov.MsgVote;
import io.segue.bundles.sdk.proto.gov.QueryProposalRequest;
import io.segue.bundles.sdk.proto.staking.QueryValidatorsRequest;
import io.segue.bundles.sdk.proto.tx.SimulateRequest;
import io.segue.bundles.sdk.proto.upgrade.MsgSoftwareUpgrade;
import io.segue.bundles.sdk.proto.upgrade.QueryCurrentPlanRequest;
import io.segue.kernel.api.module.Descriptors;
import io.segue.kernel.api.module.QueryException;
import io.segue.kernel.api.node.GrpcQueries;
import io.segue.kernel.api.node.Interfaces;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

/** A chain at height 9 with the messages of the sdk, whose answers a test gives. */
final class FakeChain implements Interfaces, GrpcQueries, Descriptors {
  static final long HEIGHT = 9;

  private static final List<FileDescriptor> FILES =
      List.of(
          QueryAccountRequest.getDescriptor().getFile(),
          QueryBalanceRequest.getDescriptor().getFile(),
          MsgSend.getDescriptor().getFile(),
          PubKey.getDescriptor().getFile(),
          io.segue.bundles.sdk.proto.crypto.ed25519.PubKey.getDescriptor().getFile(),
          MsgVote.getDescriptor().getFile(),
          QueryProposalRequest.getDescriptor().getFile(),
          io.segue.bundles.sdk.proto.govv1beta1.QueryProposalRequest.getDescriptor().getFile(),
          io.segue.bundles.sdk.proto.govv1beta1.TextProposal.getDescriptor().getFile(),
          QueryValidatorsRequest.getDescriptor().getFile(),
          SimulateRequest.getDescriptor().getFile(),
          MsgSoftwareUpgrade.getDescriptor().getFile(),
          QueryCurrentPlanRequest.getDescriptor().getFile());

  private final Set<String> queries = new TreeSet<>();
  private final Map<Class<?>, Object> derived = new HashMap<>();
  private Function<String, byte[]> answers = path -> new byte[0];

  FakeChain() {
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

  /** Gives the answers, by path of the query. */
  FakeChain answering(Function<String, byte[]> given) {
    answers = given;
    return this;
  }

  @Override
  public long height() {
    return HEIGHT;
  }

  @Override
  public Descriptors at(long height) {
    if (height > HEIGHT) {
      throw new QueryException(
          QueryException.Status.Unknown,
          "codespace sdk code 26: invalid height: cannot query with height in the future; please"
              + " provide a valid height");
    }
    return this;
  }

  @Override
  public Answer query(String path, byte[] request, long height) {
    return new Answer(answers.apply(path), height);
  }

  @Override
  public List<byte[]> all() {
    return List.of(DescriptorSets.of(FILES.toArray(new FileDescriptor[0])));
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
    Object known = derived.get(type);
    if (known == null) {
      known = compute.get();
      derived.put(type, known);
    }
    return type.cast(known);
  }

  @Override
  public Optional<String> owner(String typeUrl) {
    return Optional.empty();
  }
}
