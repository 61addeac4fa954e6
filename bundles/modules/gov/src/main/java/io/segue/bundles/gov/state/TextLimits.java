package io.segue.bundles.gov.state;

import com.google.protobuf.ByteString;
import io.segue.kernel.api.module.ModuleException;

/** How long texts may be, in bytes of UTF-8. */
public final class TextLimits {
  /** Longest metadata of a proposal or vote, and longest title. */
  public static final int MAX_METADATA = 255;

  /** Longest summary. */
  public static final int MAX_SUMMARY = 40 * MAX_METADATA;

  /** Longest reason for which a proposal failed, in characters; what is longer is cut. */
  static final int MAX_REASON = 2_000;

  private TextLimits() {}

  /** A reason, cut to what is kept of it. */
  public static String reason(String text) {
    if (text.length() <= MAX_REASON) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(MAX_REASON - 1)) ? MAX_REASON - 1 : MAX_REASON;
    return text.substring(0, end);
  }

  /**
   * Passes where metadata or a title is short enough.
   *
   * @throws ModuleException gov/15
   */
  public static void requireMetadata(String text) {
    int length = bytes(text);
    if (length > MAX_METADATA) {
      throw GovErrors.metadataTooLong(length);
    }
  }

  /**
   * Passes where a summary is short enough.
   *
   * @throws ModuleException gov/22
   */
  public static void requireSummary(String text) {
    int length = bytes(text);
    if (length > MAX_SUMMARY) {
      throw GovErrors.summaryTooLong(length);
    }
  }

  private static int bytes(String text) {
    return ByteString.copyFromUtf8(text).size();
  }
}
