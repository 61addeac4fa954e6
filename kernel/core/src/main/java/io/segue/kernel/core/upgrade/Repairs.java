package io.segue.kernel.core.upgrade;

import io.segue.kernel.core.hold.GenerationException;
import io.segue.kernel.core.hold.HoldReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What this node's operator deployed, and the decisions to run it in place of the bytes that a plan
 * names, in the file {@code config/instead-of}, which outlives a restart and the data folder. One a
 * line:
 *
 * <pre>
 * &lt;digest in the plan> &lt;SHA-256 of the artifact that runs> &lt;digest of its generation> &lt;plan>
 * </pre>
 *
 * The first is {@code -} where it takes the place of nothing: the plan asks for these bytes, or
 * names none.
 *
 * <p>Thread safety: any thread.
 */
public final class Repairs {
  private static final int FIELDS = 4;
  private static final String NOTHING = "-";

  private final Path file;
  private volatile List<Repair> all;

  private Repairs(Path file, List<Repair> all) {
    this.file = file;
    this.all = all;
  }

  /**
   * One decision.
   *
   * @param plan the plan's name
   * @param insteadOf digest in the plan; empty where it takes the place of nothing
   * @param sha256 digest of the artifact that runs
   * @param generation digest of the generation that it makes
   */
  public record Repair(String plan, String insteadOf, String sha256, String generation) {
    private String line() {
      return String.join(" ", insteadOf.isEmpty() ? NOTHING : insteadOf, sha256, generation, plan);
    }
  }

  /** Reads what was decided before; no file means nothing. */
  public static Repairs open(Path configFolder) throws IOException, GenerationException {
    Path file = configFolder.resolve("instead-of");
    List<Repair> all = new ArrayList<>();
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file)) {
        String[] fields = line.split(" ", FIELDS);
        if (fields.length != FIELDS) {
          throw new GenerationException(
              HoldReason.STORAGE,
              file + " has a line that is no repair: '" + line + "'; fix or remove the line");
        }
        String insteadOf = fields[0].equals(NOTHING) ? "" : fields[0];
        all.add(new Repair(fields[3], insteadOf, fields[1], fields[2]));
      }
    }
    return new Repairs(file, List.copyOf(all));
  }

  /** What runs for a plan in place of a digest in it, or, where that is empty, of nothing. */
  public Optional<Repair> of(String plan, String insteadOf) {
    return find(r -> r.plan().equals(plan) && r.insteadOf().equals(insteadOf));
  }

  /** The digest in place of which a generation runs; empty where it is what its plan asks for. */
  public String insteadOf(String generation) {
    return find(r -> r.generation().equals(generation) && !r.insteadOf().isEmpty())
        .map(Repair::insteadOf)
        .orElse("");
  }

  /** Keeps one, in place of an earlier one for the same digest of the same plan. */
  public synchronized void keep(Repair repair) throws IOException {
    List<Repair> next = new ArrayList<>(all);
    next.removeIf(r -> r.plan().equals(repair.plan()) && r.insteadOf().equals(repair.insteadOf()));
    next.add(repair);
    write(next);
  }

  /** Digests of the artifacts. */
  public List<String> artifacts() {
    return all.stream().map(Repair::sha256).toList();
  }

  /** Forgets what was decided for a plan that is cancelled or replaced. */
  public synchronized void forget(String plan) throws IOException {
    List<Repair> next = new ArrayList<>(all);
    if (next.removeIf(r -> r.plan().equals(plan))) {
      write(next);
    }
  }

  private void write(List<Repair> next) throws IOException {
    StringBuilder text = new StringBuilder();
    next.forEach(repair -> text.append(repair.line()).append('\n'));
    WholeFile.write(file, text.toString());
    all = List.copyOf(next);
  }

  private Optional<Repair> find(Predicate<Repair> test) {
    return all.stream().filter(test).findFirst();
  }
}
