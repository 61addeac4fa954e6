package io.segue.bundles.cli.chain;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.proto.options.Cosmos;
import io.segue.bundles.sdk.proto.options.Msg;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Which fields of a message name who signs it: its option {@code cosmos.msg.v1.signer}. */
public final class SignerFields {
  /** What a field says of itself where the address is that of a validator's operator. */
  private static final String OPERATOR = "cosmos.ValidatorAddressString";

  /** Name of the field of messages that only governance sends. */
  private static final String AUTHORITY = "authority";

  private SignerFields() {}

  /** The fields in the option's order; those of a name that the type does not have are left out. */
  public static List<FieldDescriptor> fields(Descriptor type) {
    return type.getOptions().getExtension(Msg.signer).stream()
        .map(type::findFieldByName)
        .filter(Objects::nonNull)
        .toList();
  }

  /** The field that the sender fills; empty where the first signer is not one text. */
  public static Optional<FieldDescriptor> sender(Descriptor type) {
    return fields(type).stream()
        .limit(1)
        .filter(field -> field.getType() == FieldDescriptor.Type.STRING && !field.isRepeated())
        .findFirst();
  }

  /** Whether a message is for governance to send, in a proposal. */
  public static boolean isOfGovernance(Descriptor type) {
    return sender(type).filter(field -> field.getName().equals(AUTHORITY)).isPresent();
  }

  /** The account that signs for an address in a message: of a validator that of its operator. */
  public static String account(String address) {
    Addresses addresses = new Addresses(Addresses.DEFAULT_PREFIX);
    try {
      return addresses.account(addresses.parseOperator(address));
    } catch (IllegalArgumentException e) {
      return address; // an account's already, or the node's to refuse
    }
  }

  /** What the field of the sender says of an account: its address, or that of its validator. */
  public static String text(FieldDescriptor sender, String account) {
    Addresses addresses = new Addresses(Addresses.DEFAULT_PREFIX);
    return sender.getOptions().getExtension(Cosmos.scalar).equals(OPERATOR)
        ? addresses.operator(addresses.parseAccount(account))
        : account;
  }

  /** The account in whose name passed proposals act, and that holds deposits. */
  public static String governance() {
    return new Addresses(Addresses.DEFAULT_PREFIX).account(Addresses.module("gov"));
  }
}
