package io.segue.kernel.core.plan;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.segue.kernel.api.upgrade.PlanInfo;
import io.segue.kernel.api.upgrade.PlanInfo.Kind;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a plan's info, in the form that users of cosmovisor know:
 *
 * <pre>
 * {"binaries": {"any": "https://host/v2.zip?checksum=sha256:HEX"},
 *  "sidecar": {"name": "fetch", "retries": "3"}}
 * https://host/v2.json?checksum=sha256:HEX         a URL of such JSON
 * anything else                                    a note: nothing is bound
 * </pre>
 *
 * <p>Of the binaries only {@code any} counts, and where there are binaries it must be there: else
 * any bytes could run though the proposer meant one digest. For the same reason an info does not
 * begin with a byte order mark, which would make a note of what follows. A member {@code sidecar}
 * names the sidecar; its other members are the sidecar's parameters. Further members are left to
 * others. The judgement is part of the state machine: it depends on the text alone.
 */
public final class PlanInfos {
  /** The sidecar of an info that names none. */
  public static final String DEFAULT_SIDECAR = "fetch";

  private static final int MAX_NESTING = 8;
  private static final char BYTE_ORDER_MARK = '\uFEFF';
  private static final String ANY = "any";
  private static final String CHECKSUM = "checksum=";
  private static final String SHA256 = "sha256:";
  private static final Pattern URL = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://[!-~]+");
  private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{64}");

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(MAX_NESTING).build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private PlanInfos() {}

  /**
   * Reads an info.
   *
   * @throws IllegalArgumentException where it is broken JSON, names binaries without {@code any},
   *     or a URL without a checksum, or holds a byte order mark; says what to change
   */
  public static PlanInfo parse(String info) {
    if (info.indexOf(BYTE_ORDER_MARK) >= 0) {
      throw new IllegalArgumentException(
          "it holds a byte order mark (U+FEFF), which makes a note of the JSON or URL beside it;"
              + " remove the mark");
    }
    String text = info.strip();
    if (text.startsWith("{")) {
      return parseJson(text);
    }
    if (URL.matcher(text).matches()) {
      return bound(Kind.INDIRECT, text, DEFAULT_SIDECAR, Map.of());
    }
    return new PlanInfo(
        Kind.NOT_BOUND, Optional.empty(), Optional.empty(), DEFAULT_SIDECAR, Map.of());
  }

  private static PlanInfo parseJson(String text) {
    String artifact = null;
    boolean lacksAny = false;
    SortedMap<String, String> sidecar = new TreeMap<>();
    try (JsonParser json = JSON.createParser(text)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String member = json.currentName();
        json.nextToken();
        switch (member) {
          case "binaries" -> {
            artifact = texts(json, member).get(ANY);
            lacksAny = artifact == null;
          }
          case "sidecar" -> {
            sidecar = texts(json, member);
            if (sidecar.getOrDefault("name", "").isEmpty()) {
              throw new IllegalArgumentException("member sidecar needs a member name");
            }
          }
          default -> json.skipChildren();
        }
      }
      if (json.nextToken() != null) {
        throw new IllegalArgumentException("something follows the JSON object; remove it");
      }
    } catch (IOException e) {
      // Without the parser's words: they differ between versions and may end in the state.
      throw new IllegalArgumentException(
          "what starts with { must be JSON, with every member once and at most "
              + MAX_NESTING
              + " levels deep",
          e);
    }
    if (lacksAny) {
      throw new IllegalArgumentException(
          "member binaries lacks \"any\", the only one that counts, so that no bytes would be"
              + " bound; name it with the artifact's URL and checksum, or leave binaries out");
    }
    String name = sidecar.getOrDefault("name", DEFAULT_SIDECAR);
    sidecar.remove("name");
    Map<String, String> parameters = Collections.unmodifiableSortedMap(sidecar);
    return artifact == null
        ? new PlanInfo(Kind.NOT_BOUND, Optional.empty(), Optional.empty(), name, parameters)
        : bound(Kind.ARTIFACT, artifact, name, parameters);
  }

  /** An object whose members are all texts. */
  private static SortedMap<String, String> texts(JsonParser json, String member)
      throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw new IllegalArgumentException("member " + member + " must be an object");
    }
    SortedMap<String, String> texts = new TreeMap<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      if (json.nextToken() != JsonToken.VALUE_STRING) {
        throw new IllegalArgumentException(
            "member " + name + " of " + member + " must be a text in quotes");
      }
      texts.put(name, json.getText());
    }
    return texts;
  }

  private static PlanInfo bound(
      Kind kind, String urlWithChecksum, String sidecar, Map<String, String> parameters) {
    if (!URL.matcher(urlWithChecksum).matches()) {
      throw new IllegalArgumentException(
          "'" + urlWithChecksum + "' is no URL like https://host/file");
    }
    int query = urlWithChecksum.indexOf('?');
    String checksum = null;
    StringBuilder url =
        new StringBuilder(query < 0 ? urlWithChecksum : urlWithChecksum.substring(0, query));
    char separator = '?';
    String[] pairs = query < 0 ? new String[0] : urlWithChecksum.substring(query + 1).split("&");
    for (String pair : pairs) {
      if (!pair.startsWith(CHECKSUM)) {
        url.append(separator).append(pair);
        separator = '&';
      } else if (checksum != null) {
        throw new IllegalArgumentException("'" + urlWithChecksum + "' has two checksums");
      } else {
        checksum = pair.substring(CHECKSUM.length());
      }
    }
    return new PlanInfo(
        kind,
        Optional.of(url.toString()),
        Optional.of(digest(urlWithChecksum, checksum)),
        sidecar,
        parameters);
  }

  private static String digest(String url, @Nullable String checksum) {
    if (checksum == null) {
      throw new IllegalArgumentException(
          "'" + url + "' has no checksum; add ?checksum=sha256:<64 hex digits>");
    }
    if (!checksum.startsWith(SHA256)
        || !HEX.matcher(checksum.substring(SHA256.length())).matches()) {
      throw new IllegalArgumentException(
          "checksum '" + checksum + "' is not sha256: and 64 hex digits");
    }
    return checksum.substring(SHA256.length()).toLowerCase(java.util.Locale.ROOT);
  }
}
