package io.segue.kernel.core.exec;

import io.segue.kernel.api.abci.Abci.Event;
import io.segue.kernel.api.module.Descriptors;
import io.segue.kernel.api.module.ModuleException;
import io.segue.kernel.api.module.Tx;
import io.segue.kernel.api.module.TxFormat;
import io.segue.kernel.core.overlay.MapView;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Transactions as text: the gas limit on the first line, then a line {@code <type URL> <payload>}
 * for each message.
 */
public final class TextFormat implements TxFormat {
  public static byte[] tx(long gas, String... messages) {
    return MapView.bytes(gas + "\n" + String.join("\n", messages));
  }

  @Override
  public Tx decode(byte[] raw, Descriptors descriptors, boolean simulate) {
    String[] lines = MapView.text(raw).split("\n");
    List<Tx.Message> messages = new ArrayList<>();
    for (int i = 1; i < lines.length; i++) {
      String[] parts = lines[i].split(" ", 2);
      if (!parts[0].isEmpty()) {
        messages.add(new Tx.Message(parts[0], MapView.bytes(parts.length > 1 ? parts[1] : "")));
      }
    }
    try {
      return new Tx(raw, messages, Long.parseLong(lines[0]), List.of(), null);
    } catch (NumberFormatException e) {
      throw new ModuleException("sdk", 2, lines[0] + " is no gas limit: tx parse error");
    }
  }

  @Override
  public byte[] encodeResponses(List<Tx.Message> responses) {
    return MapView.bytes(joined(responses));
  }

  @Override
  public byte[] encodeSimulation(
      long gasWanted, long gasUsed, List<Tx.Message> responses, List<Event> events) {
    return MapView.bytes(
        "gas used " + gasUsed + ", " + joined(responses) + ", " + events.size() + " events");
  }

  @Override
  public byte[] simulatedTx(byte[] request) {
    return request;
  }

  @Override
  public String displayAddress(byte[] address) {
    return "@" + MapView.text(address);
  }

  private static String joined(List<Tx.Message> responses) {
    return responses.stream()
        .map(response -> response.typeUrl() + "=" + MapView.text(response.value()))
        .collect(Collectors.joining(","));
  }
}
