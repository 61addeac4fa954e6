package io.segue.bundles.rpc.method;

import io.segue.bundles.rpc.call.CallParams;
import io.segue.bundles.rpc.call.RpcException;
import io.segue.kernel.api.engine.Engine;

/** Which height a call means, and which it may mean. */
final class Heights {
  private final Engine engine;

  Heights(Engine engine) {
    this.engine = engine;
  }

  /** The height a call names among the committed ones; the newest where it names none. */
  long committed(CallParams params) throws RpcException {
    return within(params, engine.height());
  }

  /** The same, with the height that comes next. */
  long decided(CallParams params) throws RpcException {
    return within(params, engine.height() + 1);
  }

  private long within(CallParams params, long newest) throws RpcException {
    long height = params.number("height").orElse(newest);
    if (height <= 0) {
      throw RpcException.internal("height must be greater than 0, but got " + height);
    }
    if (height > newest) {
      throw RpcException.internal(
          "height "
              + height
              + " must be less than or equal to the current blockchain height "
              + newest);
    }
    long oldest = engine.oldestHeight();
    if (height < oldest) {
      throw RpcException.internal(
          "height " + height + " is not available, lowest height is " + oldest);
    }
    return height;
  }
}
