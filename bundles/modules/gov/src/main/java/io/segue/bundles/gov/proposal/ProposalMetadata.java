package io.segue.bundles.gov.proposal;

import io.segue.bundles.gov.state.GovErrors;
import io.segue.bundles.sdk.Ascii;
import io.segue.bundles.sdk.JsonParts;
import io.segue.bundles.sdk.JsonParts.Part;
import io.segue.kernel.api.module.ModuleException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * The metadata of a proposal, where it has the form that the Cosmos SDK recommends: a JSON object
 * with title, authors, summary, details, forum URL and vote options. It must not say anything else
 * than the proposal itself. Metadata of another form, as a link, are anybody's own.
 */
public final class ProposalMetadata {
  private static final List<String> TEXTS =
      List.of("title", "summary", "details", "proposal_forum_url", "vote_option_context");

  private ProposalMetadata() {}

  /**
   * Passes where metadata and proposal do not contradict each other.
   *
   * @throws ModuleException gov/5
   */
  public static void requireSame(String metadata, String title, String summary) {
    String[] said = {"", ""};
    if (metadata.isEmpty() || !read(metadata, said)) {
      return;
    }
    requireEqual("title", said[0], title);
    requireEqual("summary", said[1], summary);
  }

  private static void requireEqual(String what, String said, String is) {
    if (!said.equals(is)) {
      throw GovErrors.invalidContent(
          "metadata " + what + " '" + said + "' must equal proposal " + what + " '" + is + "'");
    }
  }

  /** Reads title and summary; false where the text has another form. */
  private static boolean read(String metadata, String[] titleAndSummary) {
    if (metadata.strip().equals("null")) {
      return true;
    }
    try {
      Map<String, Part> members = JsonParts.document(metadata.getBytes(StandardCharsets.UTF_8));
      for (Map.Entry<String, Part> member : members.entrySet()) {
        String name = Ascii.lowerCase(member.getKey());
        if (name.equals("authors") && !isNull(member.getValue())) {
          JsonParts.elements(member.getValue(), author -> text(author));
        } else if (TEXTS.contains(name)) {
          String text = text(member.getValue());
          if (name.equals("title")) {
            titleAndSummary[0] = text;
          } else if (name.equals("summary")) {
            titleAndSummary[1] = text;
          }
        }
      }
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static String text(Part part) {
    return isNull(part) ? "" : JsonParts.string(part);
  }

  private static boolean isNull(Part part) {
    return part.json().equals("null");
  }
}
