package io.segue.bundles.auth;

import io.segue.bundles.crypto.Secp256k1Crypto;
import io.segue.kernel.api.module.Crypto;
import io.segue.kernel.api.module.Tx;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a transfer costs, by part, on one thread. Run {@link #main} with the test class path; it
 * prints processor time a transaction, the median of the rounds.
 */
public final class AnteBenchmark {
  private static final int ACCOUNTS = 1_000;
  private static final int TRANSACTIONS_EACH = 10;
  private static final int ROUNDS = 15;

  private final List<byte[]> transactions = new ArrayList<>();
  private final TestChain.Builder description;

  private AnteBenchmark(TestChain.Builder description) {
    this.description = description;
  }

  public static void main(String[] args) {
    Crypto verifying = new Secp256k1Crypto();
    new AnteBenchmark(TestChain.aChain().withCrypto(verifying)).run("with signature check");
    new AnteBenchmark(TestChain.aChain().withCrypto(trusting(verifying)))
        .run("without signature check");
  }

  private static Crypto trusting(Crypto crypto) {
    return new Crypto() {
      @Override
      public boolean verifySecp256k1(byte[] digest, byte[] signature, byte[] publicKey) {
        return true;
      }

      @Override
      public byte[] ripemd160(byte[] data) {
        return crypto.ripemd160(data);
      }
    };
  }

  private void run(String name) {
    List<TestSigner> signers = new ArrayList<>();
    for (int i = 0; i < ACCOUNTS; i++) {
      TestSigner signer = TestSigner.of(i);
      signers.add(signer);
      description.withAccount(signer.address(), i, 0, "1000000ufee,1000000ustake");
    }
    for (int sequence = 0; sequence < TRANSACTIONS_EACH; sequence++) {
      for (int i = 0; i < ACCOUNTS; i++) {
        transactions.add(
            TestTx.empty()
                .with(TestTx.send(signers.get(i), signers.get((i + 1) % ACCOUNTS), "ustake", "7"))
                .fee("ufee", "500")
                .signedBy(signers.get(i), i, sequence)
                .bytes());
      }
    }
    TestChain chain = description.start();
    report(name + ", decode", () -> decode(chain));
    report(name + ", decode and ante steps in CheckTx", () -> check(description.start()));
    report(name + ", whole transfer in a block", () -> rehearse(chain));
  }

  private void report(String what, Round round) {
    List<Double> micros = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      micros.add(round.nanos() / 1_000.0 / transactions.size());
    }
    List<Double> measured = micros.subList(ROUNDS / 3, ROUNDS);
    measured.sort(null);
    System.out.printf(
        Locale.ROOT,
        "%-60s median %7.2f  least %7.2f us%n",
        what,
        measured.get(measured.size() / 2),
        measured.get(0));
  }

  private long decode(TestChain chain) {
    long start = cpuNanos();
    for (byte[] bytes : transactions) {
      Tx tx = chain.modules().txFormat().decode(bytes, chain.modules().descriptors(), false);
      require(tx.messages().size() == 1, "decoded");
    }
    return cpuNanos() - start;
  }

  private long check(TestChain chain) {
    long start = cpuNanos();
    for (byte[] bytes : transactions) {
      require(chain.check(bytes).code() == 0, "admitted");
    }
    return cpuNanos() - start;
  }

  private long rehearse(TestChain chain) {
    long start = cpuNanos();
    require(
        chain.rehearse(transactions).stream().allMatch(result -> result.code() == 0), "executed");
    return cpuNanos() - start;
  }

  /** Time of this thread on a processor, so that what else runs counts little. */
  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static void require(boolean condition, String what) {
    if (!condition) {
      throw new IllegalStateException("a transaction was not " + what);
    }
  }

  /** One pass over all transactions. */
  @FunctionalInterface
  private interface Round {
    long nanos();
  }
}
