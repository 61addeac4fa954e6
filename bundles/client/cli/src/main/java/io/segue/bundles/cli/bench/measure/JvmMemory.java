package io.segue.bundles.cli.bench.measure;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.cli.console.Output;
import io.segue.kernel.api.node.FailureText;
import java.io.IOException;
import java.lang.management.ClassLoadingMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryPoolMXBean;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * What a Java process holds after a full collection, asked through the process's own management
 * beans. Needs a JDK, as building Segue does.
 *
 * @param heapMb live objects, in MB
 * @param metaspaceMb classes and their data, in MB
 * @param residentMb memory of the process as Linux counts it, in MB
 */
public record JvmMemory(double heapMb, double metaspaceMb, int loadedClasses, double residentMb) {
  private static final String METASPACE = "Metaspace";

  // What is deserialized comes from a process of this user, which this one has started.
  @SuppressWarnings("BanJNDI")
  public static JvmMemory of(long pid) {
    try {
      VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
      try (JMXConnector connector =
          JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()))) {
        return measure(connector.getMBeanServerConnection(), pid);
      } finally {
        machine.detach();
      }
    } catch (IOException | AttachNotSupportedException e) {
      throw new CliException(
          "the memory of process " + pid + " can't be measured: " + FailureText.of(e), e);
    }
  }

  private static JvmMemory measure(MBeanServerConnection beans, long pid) throws IOException {
    MemoryMXBean memory = ManagementFactory.getPlatformMXBean(beans, MemoryMXBean.class);
    memory.gc();
    double metaspace =
        ManagementFactory.getPlatformMXBeans(beans, MemoryPoolMXBean.class).stream()
            .filter(pool -> pool.getName().equals(METASPACE))
            .mapToLong(pool -> pool.getUsage().getUsed())
            .sum();
    return new JvmMemory(
        memory.getHeapMemoryUsage().getUsed() / 1e6,
        metaspace / 1e6,
        ManagementFactory.getPlatformMXBean(beans, ClassLoadingMXBean.class).getLoadedClassCount(),
        Memory.residentMb(pid));
  }

  /** The figures, to a tenth. */
  public ObjectNode json() {
    ObjectNode json = Output.object();
    json.put("heapMb", rounded(heapMb));
    json.put("metaspaceMb", rounded(metaspaceMb));
    json.put("loadedClasses", loadedClasses);
    json.put("residentMb", rounded(residentMb));
    return json;
  }

  private static double rounded(double value) {
    return Math.round(value * 10) / 10.0;
  }
}
