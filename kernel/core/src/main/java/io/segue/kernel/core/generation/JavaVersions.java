package io.segue.kernel.core.generation;

import io.segue.kernel.core.hold.GenerationException;
import io.segue.kernel.core.hold.HoldReason;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The versions of Java that a chain runs on. Code may compute another result on another version, as
 * tables of characters and texts of exceptions differ; so it is a setting of the generation, which
 * the chain's votes decide on. A chain goes to another version in two upgrades: the first allows
 * both, its nodes are restarted on the new one meanwhile, and the second allows that alone.
 */
public final class JavaVersions {
  /** The setting: feature versions with commas between, such as {@code 17} or {@code 17,21}. */
  public static final String SETTING = "java.version";

  private static final Pattern FORM = Pattern.compile("[1-9][0-9]{0,2}(,[1-9][0-9]{0,2})*");

  private JavaVersions() {}

  /**
   * Refuses a generation that does not run on a version. One without the setting runs on any.
   *
   * @param plan of the generation
   * @param settings of the generation
   * @param feature of the Java that would run it
   * @throws GenerationException {@link HoldReason#OTHER_JAVA}, or {@link HoldReason#COMPOSITION}
   *     where the setting can't be read
   */
  public static void require(String plan, Map<String, String> settings, int feature)
      throws GenerationException {
    String versions = settings.get(SETTING);
    if (versions == null) {
      return;
    }
    if (!FORM.matcher(versions).matches()) {
      throw new GenerationException(
          HoldReason.COMPOSITION,
          "generation "
              + plan
              + " has the setting "
              + SETTING
              + " '"
              + versions
              + "', which is no list of versions such as 17 or 17,21");
    }
    if (!List.of(versions.split(",")).contains(String.valueOf(feature))) {
      throw new GenerationException(
          HoldReason.OTHER_JAVA,
          "generation "
              + plan
              + " runs on Java "
              + versions.replace(",", " or ")
              + " only, as others may compute other results, and this node runs on Java "
              + feature);
    }
  }
}
