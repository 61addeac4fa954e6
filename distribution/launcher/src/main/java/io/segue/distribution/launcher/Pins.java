package io.segue.distribution.launcher;

import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import org.slf4j.Logger;

/**
 * What {@code bin/segue} pins so that all nodes of a chain compute the same: language, time zone,
 * charset, and whose tables of languages count. The version of Java is the operator's choice, so it
 * is told and not refused.
 */
final class Pins {
  /** The major version of Java that chains of this release were tried with. */
  static final int TRIED_JAVA = 17;

  private static final String PROVIDERS = "java.locale.providers";

  /** How options begin that a node does not start with. */
  private static final List<String> UNUSUAL =
      List.of(
          "-XX:AutoBoxCacheMax",
          "-XX:-ShowCodeDetailsInExceptionMessages",
          "-XX:-BytecodeVerification",
          "-Xverify:none",
          "-noverify");

  private Pins() {}

  /**
   * Refuses a Java in which a pin does not hold.
   *
   * @throws StartException names the pin and what overrides it
   */
  static void require() throws StartException {
    require("user.language", "en", Locale.getDefault(Locale.Category.FORMAT).toString());
    require("user.language", "en", Locale.getDefault(Locale.Category.DISPLAY).toString());
    require("user.timezone", "UTC", TimeZone.getDefault().getID());
    require("file.encoding", StandardCharsets.UTF_8.name(), Charset.defaultCharset().name());
    require(PROVIDERS, "CLDR", System.getProperty(PROVIDERS, ""));
    requireUsual(ManagementFactory.getRuntimeMXBean().getInputArguments());
  }

  /**
   * Refuses options of the Java machine that change what code computes: the identity of boxed
   * numbers, the texts of exceptions, whether classes are verified.
   *
   * @param options as the machine was given them
   * @throws StartException names the option
   */
  static void requireUsual(List<String> options) throws StartException {
    for (String option : options) {
      if (UNUSUAL.stream().anyMatch(option::startsWith)) {
        throw new StartException(
            "The Java option %s changes what code computes, so that this node could differ from others. Start it without: look into JAVA_OPTS, SEGUE_OPTS, JDK_JAVA_OPTIONS and _JAVA_OPTIONS"
                .formatted(option));
      }
    }
  }

  static void require(String name, String pinned, String found) throws StartException {
    if (!found.equals(pinned)) {
      throw new StartException(
          "%s is '%s', and a node runs with '%s' only, as others differ in what they compute. Start it"
                  .formatted(name, found, pinned)
              + " with bin/segue and unset _JAVA_OPTIONS");
    }
  }

  /**
   * Says which Java this is, and which one chains were tried with.
   *
   * @param version of this Java
   */
  static void tell(Runtime.Version version, Logger log) {
    if (version.feature() == TRIED_JAVA) {
      log.info("Java {}, locale en, time zone UTC, charset UTF-8", version);
    } else {
      log.warn(
          "Java {}, locale en, time zone UTC, charset UTF-8. Chains of this release were tried with"
              + " Java {} only; another version may compute other roots. Next: run all nodes of a"
              + " chain on Java {}",
          version,
          TRIED_JAVA,
          TRIED_JAVA);
    }
  }
}
