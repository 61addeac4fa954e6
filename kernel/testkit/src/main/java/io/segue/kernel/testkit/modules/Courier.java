package io.segue.kernel.testkit.modules;

import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.MessageHandler;
import io.segue.kernel.api.module.Module;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Carries messages that only modules may send from a transaction to their owner. */
final class Courier implements Module {
  private static final String CARRY = "/test.Carry";

  /** A transaction that has {@code message} sent by a module. */
  static byte[] tx(String typeUrl, byte[] message) {
    byte[] url = typeUrl.getBytes(StandardCharsets.UTF_8);
    byte[] parcel = Arrays.copyOf(url, url.length + 1 + message.length);
    System.arraycopy(message, 0, parcel, url.length + 1, message.length);
    return PlainTx.of(CARRY, parcel);
  }

  @Override
  public String name() {
    return "courier";
  }

  @Override
  public long consensusVersion() {
    return 1;
  }

  @Override
  public List<String> stores() {
    return List.of();
  }

  @Override
  public Map<String, MessageHandler> messages() {
    return Map.of(CARRY, new Carry());
  }

  private static final class Carry implements MessageHandler {
    @Override
    public List<byte[]> signers(byte[] message) {
      return List.of();
    }

    @Override
    public byte[] handle(Context context, byte[] parcel) {
      int end = 0;
      while (parcel[end] != 0) {
        end++;
      }
      return context.call(
          new String(parcel, 0, end, StandardCharsets.UTF_8),
          Arrays.copyOfRange(parcel, end + 1, parcel.length));
    }
  }
}
