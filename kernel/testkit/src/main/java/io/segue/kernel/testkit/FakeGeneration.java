package io.segue.kernel.testkit;

import io.segue.kernel.api.module.Module;
import io.segue.kernel.api.module.ModuleFactory;
import io.segue.kernel.api.module.Phase;
import io.segue.kernel.api.upgrade.UpgradeHandler;
import io.segue.kernel.testkit.internal.Jars;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Declares a generation of {@link FakeBundles}. What is not named carries over. */
public final class FakeGeneration {
  private static final String FIRST_VERSION = "1.0.0";
  private static final String GENESIS = "genesis";

  private final FakeBundles bundles;
  private final String plan;
  private final List<String> capabilities = new ArrayList<>();
  private final Map<String, byte[]> jars = new LinkedHashMap<>();
  private Supplier<? extends UpgradeHandler> handler = () -> new UpgradeHandler() {};
  private long rules;

  FakeGeneration(FakeBundles bundles, String plan) {
    this.bundles = bundles;
    this.plan = plan;
  }

  /** Adds a module in its first version. */
  public FakeGeneration module(Module module) {
    return module(FIRST_VERSION, module);
  }

  /** Adds a module, or its new version. */
  public FakeGeneration module(String version, Module module) {
    return module(version, module.name(), platform -> module);
  }

  /** Adds a module that is made again for each generation. */
  public FakeGeneration module(String version, String name, ModuleFactory factory) {
    String bundle = "fake." + name;
    String className = "fake." + name.replace('-', '_') + ".Factory";
    Map<String, String> headers = headers(bundle, version);
    headers.put(
        "Provide-Capability",
        "io.segue.module;effective:=generation;name=" + name + ";factory=\"" + className + "\"");
    jars.put(bundle + ".jar", bundles.bundle(headers, className, () -> factory));
    return declare(
        "module;effective:=generation;name="
            + name
            + ";bundle=\""
            + bundle
            + "\";version=\""
            + version
            + "\"");
  }

  /** Ends a module. */
  public FakeGeneration removed(String module) {
    return declare("removed;effective:=generation;name=" + module);
  }

  /** Orders a phase. */
  public FakeGeneration order(Phase phase, String... names) {
    return declare(
        "order;effective:=generation;phase="
            + phase.id()
            + ";names:List<String>=\""
            + String.join(",", names)
            + "\"");
  }

  /** Sets a constant. */
  public FakeGeneration setting(String name, String value) {
    return declare("setting;effective:=generation;name=\"" + name + "\";value=\"" + value + "\"");
  }

  /** The upgrade handler; one that only migrates where this is not called. */
  public FakeGeneration handler(Supplier<? extends UpgradeHandler> handlers) {
    handler = handlers;
    return this;
  }

  /** Number of the kernel rules. */
  public FakeGeneration rules(long number) {
    rules = number;
    return this;
  }

  /** The archive of its bundles, as an upgrade's artifact. */
  public byte[] artifact() {
    Map<String, String> headers = headers("fake.generation." + plan, FIRST_VERSION);
    String head = "io.segue.generation;effective:=generation;plan=\"" + plan + "\"";
    if (!plan.equals(GENESIS)) {
      head += ";handler=\"fake.Handler\"";
    }
    if (rules > 0) {
      head += ";rules:Long=" + rules;
    }
    List<String> all = new ArrayList<>(List.of(head));
    all.addAll(capabilities);
    headers.put("Provide-Capability", String.join(",", all));
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("generation.jar", bundles.bundle(headers, "fake.Handler", handler));
    entries.putAll(jars);
    return Jars.zip(entries);
  }

  private FakeGeneration declare(String capability) {
    capabilities.add("io.segue.generation." + capability);
    return this;
  }

  private static Map<String, String> headers(String symbolicName, String version) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Manifest-Version", "1.0");
    headers.put("Bundle-ManifestVersion", "2");
    headers.put("Bundle-SymbolicName", symbolicName);
    headers.put("Bundle-Version", version);
    return headers;
  }
}
