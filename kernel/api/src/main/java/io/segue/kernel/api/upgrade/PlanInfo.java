package io.segue.kernel.api.upgrade;

import java.util.Map;
import java.util.Optional;

/**
 * What a plan's {@code info} says: where its bundles are, and which sidecar brings them. The kernel
 * parses it; the form is cosmovisor's.
 *
 * @param kind see {@link Kind}
 * @param url where the artifact is, or the JSON that names it; without the checksum parameter
 * @param sha256 digest of the artifact, or of the JSON, as 64 lower-case hex digits
 * @param sidecar the sidecar to run; {@code fetch} where the info names none
 * @param parameters for the sidecar
 */
public record PlanInfo(
    Kind kind,
    Optional<String> url,
    Optional<String> sha256,
    String sidecar,
    Map<String, String> parameters) {
  /** What the info names. */
  public enum Kind {
    /** Nothing: bundles are deployed by hand. Status says "not bound". */
    NOT_BOUND,
    /** An artifact: one bundle, or an archive of bundles. */
    ARTIFACT,
    /** JSON of the same form at a URL. */
    INDIRECT
  }
}
