package io.segue.bundles.cli.chain;

import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.segue.bundles.sdk.proto.options.Msg;
import io.segue.bundles.sdk.proto.tx.Tx;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Who must sign a transaction, as the option {@code cosmos.msg.v1.signer} of its messages says. */
public final class TxSigners {
  private TxSigners() {}

  /** Addresses: the signers of each message in order, then the payer of the fee, each once. */
  public static List<String> of(Tx tx, ChainTypes types) {
    Set<String> signers = new LinkedHashSet<>();
    for (Any message : tx.getBody().getMessagesList()) {
      collect(types.unpack(message), signers);
    }
    String payer = tx.getAuthInfo().getFee().getPayer();
    if (!payer.isEmpty()) {
      signers.add(payer);
    }
    return new ArrayList<>(signers);
  }

  private static void collect(Message message, Set<String> signers) {
    for (String name : message.getDescriptorForType().getOptions().getExtension(Msg.signer)) {
      FieldDescriptor field = message.getDescriptorForType().findFieldByName(name);
      if (field == null) {
        continue;
      }
      List<?> values =
          field.isRepeated() ? (List<?>) message.getField(field) : List.of(message.getField(field));
      for (Object value : values) {
        if (value instanceof Message nested) {
          collect(nested, signers);
        } else {
          signers.add(SignerFields.account(value.toString()));
        }
      }
    }
  }
}
