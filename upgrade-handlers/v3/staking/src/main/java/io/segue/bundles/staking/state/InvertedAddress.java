package io.segue.bundles.staking.state;

import io.segue.bundles.sdk.JsonParts.Part;
import io.segue.bundles.sdk.state.KeyCodec;
import io.segue.bundles.sdk.state.KeyReader;
import io.segue.bundles.sdk.state.Keys;

/** An address with its length before it and all its bits inverted, so that the highest is first. */
record InvertedAddress() implements KeyCodec<byte[]> {
  @Override
  public int size(byte[] address) {
    return Keys.address().size(address);
  }

  @Override
  public int write(byte[] address, byte[] into, int at) {
    return Keys.address().write(inverted(address), into, at);
  }

  @Override
  public byte[] read(KeyReader in) {
    return inverted(Keys.address().read(in));
  }

  @Override
  public boolean endsItself() {
    return true;
  }

  @Override
  public String json(byte[] address) {
    return Keys.address().json(address);
  }

  @Override
  public byte[] ofJson(Part json) {
    return Keys.address().ofJson(json);
  }

  private static byte[] inverted(byte[] address) {
    byte[] inverted = new byte[address.length];
    for (int i = 0; i < address.length; i++) {
      inverted[i] = (byte) ~address[i];
    }
    return inverted;
  }
}
