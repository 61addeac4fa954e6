package io.segue.kernel.core.exec;

import io.segue.kernel.core.gas.ErrorResult;

/**
 * A module failed where no transaction can be blamed for it: genesis, begin or end of a block, a
 * migration. The node holds, and nothing of the block is kept.
 */
public final class PhaseFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PhaseFailedException(String what) {
    super(what);
  }

  PhaseFailedException(String what, Throwable cause) {
    super(what + ": " + ErrorResult.of(cause).log(), cause);
  }
}
