package io.segue.bundles.staking;

import io.segue.bundles.sdk.SdkErrors;
import io.segue.bundles.sdk.proto.staking.Description;
import io.segue.kernel.api.module.ModuleException;
import java.nio.charset.StandardCharsets;

/** What validators say of themselves. */
final class Descriptions {
  /** Most bytes of each text, in UTF-8. */
  static final int MAX_MONIKER = 70;

  static final int MAX_IDENTITY = 3000;
  static final int MAX_WEBSITE = 140;
  static final int MAX_SECURITY_CONTACT = 140;
  static final int MAX_DETAILS = 280;

  /** In a change: the text stays as it is. */
  static final String UNCHANGED = "[do-not-modify]";

  private Descriptions() {}

  /**
   * Refuses a description that says nothing.
   *
   * @throws ModuleException sdk/18
   */
  static void requireAny(Description description) {
    if (description.equals(Description.getDefaultInstance())) {
      throw SdkErrors.invalidRequest("empty description");
    }
  }

  /**
   * Refuses texts that are too long.
   *
   * @throws ModuleException sdk/18
   */
  static void requireLengths(Description description) {
    require("moniker", description.getMoniker(), MAX_MONIKER);
    require("identity", description.getIdentity(), MAX_IDENTITY);
    require("website", description.getWebsite(), MAX_WEBSITE);
    require("security contact", description.getSecurityContact(), MAX_SECURITY_CONTACT);
    require("details", description.getDetails(), MAX_DETAILS);
  }

  /** A description after a change. */
  static Description changed(Description before, Description change) {
    return Description.newBuilder()
        .setMoniker(changed(before.getMoniker(), change.getMoniker()))
        .setIdentity(changed(before.getIdentity(), change.getIdentity()))
        .setWebsite(changed(before.getWebsite(), change.getWebsite()))
        .setSecurityContact(changed(before.getSecurityContact(), change.getSecurityContact()))
        .setDetails(changed(before.getDetails(), change.getDetails()))
        .build();
  }

  private static String changed(String before, String change) {
    return change.equals(UNCHANGED) ? before : change;
  }

  private static void require(String what, String text, int most) {
    int length = text.getBytes(StandardCharsets.UTF_8).length;
    if (length > most) {
      throw SdkErrors.invalidRequest(
          "invalid " + what + " length; got: " + length + ", max: " + most);
    }
  }
}
