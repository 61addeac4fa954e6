package io.segue.bundles.auth;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.DescriptorSets;
import io.segue.bundles.sdk.SdkErrors;
import io.segue.bundles.sdk.proto.options.Msg;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.MessageHandler;
import io.segue.kernel.api.module.Module;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The types of governance and upgrades with handlers that do nothing. */
public final class TestGov implements Module {
  private static final Addresses ADDRESSES = new Addresses("cosmos");
  private static final List<Descriptor> TYPES =
      List.of(
          io.segue.bundles.sdk.proto.gov.MsgSubmitProposal.getDescriptor(),
          io.segue.bundles.sdk.proto.gov.MsgVote.getDescriptor(),
          io.segue.bundles.sdk.proto.gov.MsgVoteWeighted.getDescriptor(),
          io.segue.bundles.sdk.proto.gov.MsgDeposit.getDescriptor(),
          io.segue.bundles.sdk.proto.gov.MsgCancelProposal.getDescriptor(),
          io.segue.bundles.sdk.proto.govv1beta1.MsgSubmitProposal.getDescriptor(),
          io.segue.bundles.sdk.proto.govv1beta1.MsgVote.getDescriptor(),
          io.segue.bundles.sdk.proto.govv1beta1.MsgVoteWeighted.getDescriptor(),
          io.segue.bundles.sdk.proto.upgrade.MsgSoftwareUpgrade.getDescriptor(),
          io.segue.bundles.sdk.proto.upgrade.MsgCancelUpgrade.getDescriptor());

  @Override
  public String name() {
    return "gov";
  }

  @Override
  public long consensusVersion() {
    return 1;
  }

  @Override
  public byte[] descriptors() {
    return DescriptorSets.of(
        TYPES.stream()
            .map(Descriptor::getFile)
            .toArray(com.google.protobuf.Descriptors.FileDescriptor[]::new));
  }

  @Override
  public Map<String, MessageHandler> messages() {
    Map<String, MessageHandler> handlers = new TreeMap<>();
    TYPES.forEach(type -> handlers.put("/" + type.getFullName(), new Nothing(type)));
    return handlers;
  }

  private record Nothing(Descriptor type) implements MessageHandler {
    @Override
    public List<byte[]> signers(byte[] message) {
      try {
        FieldDescriptor signer =
            type.findFieldByName(type.getOptions().getExtension(Msg.signer).get(0));
        DynamicMessage parsed = DynamicMessage.parseFrom(type, message);
        return List.of(ADDRESSES.signer(String.valueOf(parsed.getField(signer))));
      } catch (InvalidProtocolBufferException e) {
        throw SdkErrors.txDecode(String.valueOf(e.getMessage()));
      }
    }

    @Override
    public byte[] handle(Context context, byte[] message) {
      return new byte[0];
    }
  }
}
