package io.segue.bundles.rpc.method;

import io.segue.bundles.rpc.call.CallParams;
import io.segue.bundles.rpc.call.Method;
import io.segue.bundles.rpc.call.MethodTable;
import io.segue.bundles.rpc.call.RpcException;
import io.segue.kernel.api.engine.Engine;
import java.lang.ref.SoftReference;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** MethodTable that give out the genesis file, which may be large. */
public final class GenesisMethods {
  /** CometBFT's limit of a genesis in one answer, and the size of a chunk. */
  private static final int CHUNK_BYTES = 16 << 20;

  private final Engine engine;
  private final int chunkBytes;

  /** The file, while there is memory for it: whoever asks for chunks asks for all of them. */
  private SoftReference<byte[]> kept = new SoftReference<>(null);

  public GenesisMethods(Engine engine) {
    this(engine, CHUNK_BYTES);
  }

  GenesisMethods(Engine engine, int chunkBytes) {
    this.engine = engine;
    this.chunkBytes = chunkBytes;
  }

  public void addTo(MethodTable methods) {
    methods.add("genesis", List.of(), this::genesis);
    methods.add("genesis_chunked", List.of("chunk"), this::chunk);
  }

  private Method.Answer genesis(CallParams params) throws RpcException {
    byte[] genesis = file();
    if (genesis.length > chunkBytes) {
      throw RpcException.internal(
          "genesis response is large, please use the genesis_chunked API instead");
    }
    return out -> out.object(() -> out.raw("genesis", new String(genesis, StandardCharsets.UTF_8)));
  }

  private Method.Answer chunk(CallParams params) throws RpcException {
    byte[] genesis = file();
    long chunk = params.number("chunk").orElse(0);
    int total = Math.max(1, (genesis.length + chunkBytes - 1) / chunkBytes);
    if (chunk < 0 || chunk >= total) {
      // The first number is one too low in CometBFT, too.
      throw RpcException.internal("there are " + (total - 1) + " chunks, " + chunk + " is invalid");
    }
    int start = (int) chunk * chunkBytes;
    int length = Math.min(chunkBytes, genesis.length - start);
    ByteBuffer encoded =
        Base64.getEncoder().encode(ByteBuffer.wrap(genesis, start, length).slice());
    return out ->
        out.object(
            () -> {
              out.int64("chunk", chunk);
              out.int64("total", total);
              out.text("data", StandardCharsets.ISO_8859_1.decode(encoded.duplicate()).toString());
            });
  }

  private synchronized byte[] file() {
    byte[] file = kept.get();
    if (file == null) {
      file = engine.genesis();
      kept = new SoftReference<>(file);
    }
    return file;
  }
}
