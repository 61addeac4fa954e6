package io.segue.kernel.api.module;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** How transactions look on the wire. One module of a generation has it. */
@ConsumerType
public interface TxFormat {
  /**
   * Decodes a transaction and checks every message in it, at any depth, against the descriptors of
   * the type's owner.
   *
   * @param simulate whether the transaction only asks for an estimate
   * @throws ModuleException with code 2 and the like where it is malformed
   */
  Tx decode(byte[] raw, Descriptors descriptors, boolean simulate);

  /** The {@code data} of a result: the responses of all messages, in order. */
  byte[] encodeResponses(List<Tx.Message> responses);

  /** The response of a simulation query; {@code log} empty on success. */
  byte[] encodeSimulation(
      long gasWanted,
      long gasUsed,
      List<Tx.Message> responses,
      List<io.segue.kernel.api.abci.Abci.Event> events);

  /** Takes the transaction's bytes out of a simulation request. */
  byte[] simulatedTx(byte[] request);

  /**
   * An address as users write it, for events; such as {@code cosmos1...}.
   *
   * @param address raw address
   */
  default String displayAddress(byte[] address) {
    return java.util.HexFormat.of().formatHex(address);
  }
}
