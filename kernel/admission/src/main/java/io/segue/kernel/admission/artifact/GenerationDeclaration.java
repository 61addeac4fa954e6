package io.segue.kernel.admission.artifact;

import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a generation says about itself in the manifest of its own bundle. What it does not name
 * carries over from the generation before.
 *
 * <pre>
 * io.segue.generation;effective:=generation;plan=v2;handler="x.V2Handler";rules:Long=1
 * io.segue.generation.module;effective:=generation;name=bank;bundle=x.bank;version="2.0.0"
 * io.segue.generation.removed;effective:=generation;name=old
 * io.segue.generation.drops;effective:=generation;kind=message;names:List&lt;String&gt;="/a.MsgX"
 * io.segue.generation.order;effective:=generation;phase=ante;names:List&lt;String&gt;="a.x,b.y"
 * io.segue.generation.setting;effective:=generation;name="bech32.prefix";value=cosmos
 * </pre>
 *
 * @param plan the plan whose code this is; {@code genesis} for the first
 * @param bundle symbolic name of the declaring bundle
 * @param version its version
 * @param handler class of the upgrade handler; absent in the first generation
 * @param rules number of the kernel rules; absent where the number before stays
 * @param modules by module name: added ones and new versions
 * @param removed names of modules that end, with all that they have
 * @param drops what modules that stay have no longer
 * @param orders by phase
 * @param settings by name
 */
public record GenerationDeclaration(
    String plan,
    String bundle,
    String version,
    Optional<String> handler,
    OptionalLong rules,
    SortedMap<String, ModuleSource> modules,
    SortedSet<String> removed,
    SortedSet<Part> drops,
    SortedMap<String, List<String>> orders,
    SortedMap<String, String> settings) {
  /** The plan of the first generation, a name no other plan may take. */
  public static final String GENESIS = "genesis";

  static final String GENERATION = "io.segue.generation";

  private static final String MODULE = GENERATION + ".module";
  private static final String REMOVED = GENERATION + ".removed";
  private static final String DROPS = GENERATION + ".drops";
  private static final String ORDER = GENERATION + ".order";
  private static final String SETTING = GENERATION + ".setting";
  private static final int MAX_PLAN_LENGTH = 140;

  /** The bundle, by name and exact version, that a module comes from. */
  public record ModuleSource(String bundle, String version) {
    @Override
    public String toString() {
      return bundle + " " + version;
    }
  }

  /** A kind of what modules give to a chain. */
  public enum PartKind {
    /** A step in the ante order, {@code module.step}. */
    ANTE_STEP("ante-step"),
    /** The bundle, by its symbolic name, that a module comes from; named by the module. */
    BUNDLE("bundle"),
    /** An invariant, {@code module/name}. */
    INVARIANT("invariant"),
    /** A message that transactions can send, by type URL. */
    MESSAGE("message"),
    /** A query, by path. */
    QUERY("query"),
    /** A store. */
    STORE("store"),
    /** That votes carry what a module gives; named by the module. */
    VOTE_EXTENSION("vote-extension");

    private final String id;

    PartKind(String id) {
      this.id = id;
    }

    /** Its name in a declaration. */
    public String id() {
      return id;
    }

    static Optional<PartKind> of(String id) {
      return Arrays.stream(values()).filter(kind -> kind.id.equals(id)).findFirst();
    }
  }

  /** One thing that a module gives to a chain. */
  public record Part(PartKind kind, String name) implements Comparable<Part> {
    private static final Comparator<Part> ORDER =
        Comparator.comparing(Part::kind).thenComparing(Part::name);

    @Override
    public int compareTo(Part other) {
      return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
      return kind.id() + " " + name;
    }
  }

  /** Whether a bundle declares a generation. */
  public static boolean isIn(BundleManifest manifest) {
    return manifest.capabilities().stream().anyMatch(c -> c.name().equals(GENERATION));
  }

  /**
   * Reads what a bundle declares.
   *
   * @throws RefusedException {@link RefusalReason#MANIFEST}, with what to change
   */
  public static GenerationDeclaration read(BundleManifest manifest) throws RefusedException {
    return new Reader(manifest).read();
  }

  /** Collects the capabilities of one manifest. */
  private static final class Reader {
    private final BundleManifest manifest;
    private final String bundle;
    private final TreeMap<String, ModuleSource> modules = new TreeMap<>();
    private final TreeSet<String> removed = new TreeSet<>();
    private final TreeSet<Part> drops = new TreeSet<>();
    private final TreeMap<String, List<String>> orders = new TreeMap<>();
    private final TreeMap<String, String> settings = new TreeMap<>();

    Reader(BundleManifest manifest) {
      this.manifest = manifest;
      this.bundle = manifest.bundle();
    }

    GenerationDeclaration read() throws RefusedException {
      Optional<Capability> head = Optional.empty();
      for (Capability capability : manifest.capabilities()) {
        switch (capability.name()) {
          case GENERATION -> {
            refuseIf(head.isPresent(), "declares two generations; keep one");
            head = Optional.of(capability);
          }
          case MODULE -> module(capability);
          case REMOVED -> removed(capability);
          case DROPS -> drops(capability);
          case ORDER -> order(capability);
          case SETTING -> setting(capability);
          default ->
              refuseIf(
                  capability.name().startsWith(GENERATION + "."),
                  "declares " + capability.name() + ", which no generation has");
        }
      }
      Capability generation =
          head.orElseThrow(() -> refused("declares no generation; add " + GENERATION));
      return build(generation);
    }

    private GenerationDeclaration build(Capability generation) throws RefusedException {
      String plan = generation.required(bundle, "plan");
      refuseIf(
          plan.length() > MAX_PLAN_LENGTH || !plan.equals(plan.strip()),
          "names a plan that is too long or has blanks around it: '" + plan + "'");
      Optional<String> handler = generation.attribute("handler");
      boolean first = plan.equals(GENESIS);
      refuseIf(first && handler.isPresent(), "is the first generation, which has no handler");
      refuseIf(!first && handler.isEmpty(), "names no handler for plan " + plan + "; add it");
      if (handler.isPresent()) {
        refuseIf(
            !BundleManifest.isClassName(handler.get()),
            "names the handler '" + handler.get() + "', which is no class name");
      }
      return new GenerationDeclaration(
          plan,
          manifest.symbolicName(),
          manifest.version(),
          handler,
          rules(generation),
          Collections.unmodifiableSortedMap(modules),
          Collections.unmodifiableSortedSet(removed),
          Collections.unmodifiableSortedSet(drops),
          Collections.unmodifiableSortedMap(orders),
          Collections.unmodifiableSortedMap(settings));
    }

    private OptionalLong rules(Capability generation) throws RefusedException {
      Optional<String> rules = generation.attribute("rules");
      if (rules.isEmpty()) {
        return OptionalLong.empty();
      }
      refuseIf(
          !rules.get().matches("[1-9][0-9]{0,8}"),
          "names kernel rules '" + rules.get() + "'; they are numbered from 1");
      return OptionalLong.of(Long.parseLong(rules.get()));
    }

    private void module(Capability capability) throws RefusedException {
      String name = capability.required(bundle, "name");
      String source = capability.required(bundle, "bundle");
      String version = capability.required(bundle, "version");
      refuseIf(
          !BundleManifest.isModuleName(name), "names a module '" + name + "'; use a-z, 0-9, -");
      String normal =
          BundleVersion.normalise(version)
              .orElseThrow(
                  () -> refused("gives module " + name + " the version '" + version + "'"));
      refuseIf(
          modules.put(name, new ModuleSource(source, normal)) != null,
          "names module " + name + " twice; keep one");
      refuseIf(removed.contains(name), "names module " + name + " and removes it; keep one");
    }

    private void removed(Capability capability) throws RefusedException {
      String name = capability.required(bundle, "name");
      refuseIf(!removed.add(name), "removes module " + name + " twice; keep one");
      refuseIf(modules.containsKey(name), "names module " + name + " and removes it; keep one");
    }

    private void drops(Capability capability) throws RefusedException {
      String id = capability.required(bundle, "kind");
      PartKind kind =
          PartKind.of(id)
              .orElseThrow(
                  () ->
                      refused(
                          "drops a '"
                              + id
                              + "'; kinds are "
                              + Arrays.stream(PartKind.values()).map(PartKind::id).toList()));
      List<String> names = capability.list("names");
      refuseIf(names.isEmpty(), "drops no " + id + "; add names");
      for (String name : names) {
        refuseIf(!drops.add(new Part(kind, name)), "drops " + id + " " + name + " twice; keep one");
      }
    }

    private void order(Capability capability) throws RefusedException {
      String phase = capability.required(bundle, "phase");
      List<String> names = capability.list("names");
      Set<String> unique = new HashSet<>();
      for (String name : names) {
        refuseIf(!unique.add(name), "orders " + name + " twice in phase " + phase + "; keep one");
      }
      refuseIf(orders.put(phase, names) != null, "orders phase " + phase + " twice; keep one");
    }

    private void setting(Capability capability) throws RefusedException {
      String name = capability.required(bundle, "name");
      String value =
          capability
              .attribute("value")
              .orElseThrow(() -> refused("lacks a value for setting " + name));
      refuseIf(settings.put(name, value) != null, "sets " + name + " twice; keep one");
    }

    private void refuseIf(boolean condition, String what) throws RefusedException {
      if (condition) {
        throw refused(what);
      }
    }

    private RefusedException refused(String what) {
      return new RefusedException(RefusalReason.MANIFEST, bundle, bundle + " " + what);
    }
  }
}
