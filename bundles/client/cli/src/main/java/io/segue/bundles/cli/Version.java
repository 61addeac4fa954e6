package io.segue.bundles.cli;

import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"segue " + number()};
  }

  /** The distribution's version, as 1.0.0. */
  static String number() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "1.0.0" : version;
  }
}
