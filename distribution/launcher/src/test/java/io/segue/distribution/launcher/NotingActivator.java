package io.segue.distribution.launcher;

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/**
 * Activator of the test bundles, each of which has a copy. What it sees it notes in system
 * properties, the one place that all copies share with the test.
 */
public final class NotingActivator implements BundleActivator {
  static final String NOTES = "test.notes";
  static final String HOME = "test.home";
  static final String DISTRIBUTION = "test.distribution";

  @Override
  public void start(BundleContext context) {
    note("+", context);
    System.setProperty(HOME, context.getProperty("segue.home"));
    System.setProperty(DISTRIBUTION, context.getProperty("segue.dist"));
  }

  @Override
  public void stop(BundleContext context) {
    note("-", context);
  }

  private static void note(String what, BundleContext context) {
    System.setProperty(
        NOTES, System.getProperty(NOTES, "") + what + context.getBundle().getSymbolicName() + " ");
  }
}
