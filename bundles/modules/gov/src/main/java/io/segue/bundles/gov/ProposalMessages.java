package io.segue.bundles.gov;

import com.google.protobuf.Any;
import io.segue.bundles.gov.deposit.Deposits;
import io.segue.bundles.gov.state.GovErrors;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Coins;
import io.segue.bundles.sdk.SdkErrors;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.ModuleException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The messages of a proposal: bytes that only their owners parse. They are checked when the
 * proposal is submitted, so that nobody votes on what can't be done, and executed all or none when
 * it passes.
 */
final class ProposalMessages {
  /** Most messages of a proposal. */
  static final int MAX_MESSAGES = 100;

  private final Context context;
  private final Addresses addresses;

  ProposalMessages(Context context, Addresses addresses) {
    this.context = context;
    this.addresses = addresses;
  }

  /** The message that broke an execution off, and why. */
  record Failure(int index, String typeUrl, String reason) {
    /** As events tell it. */
    String log() {
      return "passed, but msg " + index + " (" + typeUrl + ") failed on execution: " + reason;
    }
  }

  /** Carries a failure out of the branch whose writes it undoes. */
  private static final class BrokenOff extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    BrokenOff(Failure failure) {
      super(failure.reason(), null, false, false);
      this.failure = failure;
    }
  }

  /**
   * Passes where every message can be routed, is signed by the gov account alone, and its owner
   * finds nothing wrong with it in the present state.
   *
   * @throws ModuleException gov/10, gov/12, gov/13, or what the owner refuses it with
   */
  void judge(List<Any> messages) {
    if (messages.size() > MAX_MESSAGES) {
      throw GovErrors.invalidMessage(
          "got " + messages.size() + " messages, a proposal has at most " + MAX_MESSAGES);
    }
    for (Any message : messages) {
      String typeUrl = message.getTypeUrl();
      byte[] value = message.getValue().toByteArray();
      if (!context.routable(typeUrl)) {
        throw GovErrors.unroutable(typeUrl);
      }
      requireOnlySigner(context.signers(typeUrl, value));
      context.validate(typeUrl, value);
    }
  }

  /**
   * Executes the messages in order, in the name of the gov account. They may spend what that
   * account has, but not what depositors of open proposals get back.
   *
   * @param gas most gas that they may use together
   * @return empty where all succeeded; otherwise nothing of them is kept
   */
  Optional<Failure> execute(List<Any> messages, long gas) {
    if (messages.isEmpty()) {
      return Optional.empty();
    }
    try {
      return context.branch(
          gas,
          branch -> {
            for (int i = 0; i < messages.size(); i++) {
              execute(branch, i, messages.get(i));
            }
            requireDeposits(branch, messages);
            return Optional.empty();
          });
    } catch (BrokenOff e) {
      return Optional.of(e.failure);
    } catch (ModuleException e) {
      return Optional.of(failedAtLast(messages, e.log()));
    }
  }

  private static void execute(Context branch, int index, Any message) {
    String typeUrl = message.getTypeUrl();
    try {
      if (!branch.routable(typeUrl)) {
        throw GovErrors.unroutable(typeUrl);
      }
      branch.call(typeUrl, message.getValue().toByteArray());
    } catch (ModuleException e) {
      throw new BrokenOff(new Failure(index, typeUrl, e.log()));
    }
  }

  private void requireDeposits(Context branch, List<Any> messages) {
    Coins missing = new Deposits(branch, addresses).missing();
    if (!missing.isEmpty()) {
      String reason =
          SdkErrors.insufficientFunds("it would spend " + missing + " of deposits").log();
      throw new BrokenOff(failedAtLast(messages, reason));
    }
  }

  private static Failure failedAtLast(List<Any> messages, String reason) {
    int last = messages.size() - 1;
    return new Failure(last, messages.get(last).getTypeUrl(), reason);
  }

  private void requireOnlySigner(List<byte[]> signers) {
    if (signers.size() != 1) {
      throw GovErrors.invalidSigner("");
    }
    if (!Arrays.equals(signers.get(0), context.moduleAddress())) {
      throw GovErrors.invalidSigner(addresses.account(signers.get(0)));
    }
  }
}
