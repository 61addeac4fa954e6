package io.segue.bundles.auth.ante;

import io.segue.bundles.auth.account.AccountKeeper;
import io.segue.bundles.sdk.Addresses;
import io.segue.kernel.api.module.AnteStep;
import io.segue.kernel.api.module.Crypto;
import java.util.LinkedHashMap;
import java.util.Map;

/** The module's ante steps by name; a generation's manifest gives their order. */
public final class AnteSteps {
  private AnteSteps() {}

  /** All of them, in the order that the generation {@code genesis} has. */
  public static Map<String, AnteStep> of(Addresses addresses, Crypto crypto, AccountKeeper keeper) {
    RequiredSigners signers = new RequiredSigners(addresses);
    TxBasics basics = new TxBasics(signers, keeper);
    KeySteps keySteps = new KeySteps(addresses, signers, crypto, keeper);
    SignatureSteps signatures = new SignatureSteps(addresses, signers, crypto, keeper);
    Map<String, AnteStep> steps = new LinkedHashMap<>();
    steps.put("auth.limits", basics::limits);
    steps.put("auth.timeout-height", basics::timeoutHeight);
    steps.put("auth.memo", basics::memo);
    steps.put("auth.tx-size-gas", basics::sizeGas);
    steps.put("auth.fee", new Fees(addresses, signers, keeper)::deduct);
    steps.put("auth.public-key", keySteps::publicKey);
    steps.put("auth.signature-gas", keySteps::signatureGas);
    steps.put("auth.signature", signatures::signature);
    steps.put("auth.sequence", signatures::sequence);
    return steps;
  }
}
