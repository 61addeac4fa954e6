package io.segue.bundles.gov;

import com.google.protobuf.ByteString;
import io.segue.kernel.api.module.ModuleException;

/** How long texts may be, in bytes of UTF-8. */
final class TextLimits {
  /** Longest metadata of a proposal or vote, and longest title. */
  static final int MAX_METADATA = 255;

  /** Longest summary. */
  static final int MAX_SUMMARY = 40 * MAX_METADATA;

  private TextLimits() {}

  /**
   * Passes where metadata or a title is short enough.
   *
   * @throws ModuleException gov/15
   */
  static void requireMetadata(String text) {
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
  static void requireSummary(String text) {
    int length = bytes(text);
    if (length > MAX_SUMMARY) {
      throw GovErrors.summaryTooLong(length);
    }
  }

  private static int bytes(String text) {
    return ByteString.copyFromUtf8(text).size();
  }
}
