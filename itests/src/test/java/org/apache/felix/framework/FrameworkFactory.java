package org.apache.felix.framework;

import io.segue.distribution.launcher.GenerationConnector;
import java.util.Map;
import org.osgi.framework.launch.Framework;

/**
 * Stands in front of Felix's own factory of this name, which Pax Exam finds, and starts the
 * framework as the launcher does: with the connector of generations.
 */
public final class FrameworkFactory implements org.osgi.framework.launch.FrameworkFactory {
  @Override
  public Framework newFramework(Map<String, String> configuration) {
    return new Felix(configuration, new GenerationConnector());
  }
}
