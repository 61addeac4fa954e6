package io.segue.kernel.core.upgrade;

import io.segue.kernel.core.generation.GenerationException;
import io.segue.kernel.core.generation.HoldReason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The decisions of this node's operator to run other bytes than a plan names, in the file {@code
 * config/instead-of}, which outlives the data folder. One a line:
 *
 * <pre>
 * &lt;digest in the plan> &lt;SHA-256 of the artifact that runs> &lt;digest of its generation> &lt;plan>
 * </pre>
 *
 * <p>Thread safety: any thread.
 */
public final class Repairs {
  private static final int FIELDS = 4;

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
   * @param insteadOf digest in the plan
   * @param sha256 digest of the artifact that runs
   * @param generation digest of the generation that it makes
   */
  public record Repair(String plan, String insteadOf, String sha256, String generation) {
    private String line() {
      return String.join(" ", insteadOf, sha256, generation, plan);
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
              file + " has a line that is no repair: '" + line + "'; mend or remove the line");
        }
        all.add(new Repair(fields[3], fields[0], fields[1], fields[2]));
      }
    }
    return new Repairs(file, List.copyOf(all));
  }

  /** What runs for a plan in place of a digest in it. */
  public Optional<Repair> of(String plan, String insteadOf) {
    return find(r -> r.plan().equals(plan) && r.insteadOf().equals(insteadOf));
  }

  /** The digest in place of which a generation runs; empty where it is what its plan asks for. */
  public String insteadOf(String generation) {
    return find(r -> r.generation().equals(generation)).map(Repair::insteadOf).orElse("");
  }

  /** Keeps a decision, in place of an earlier one for the same digest of the same plan. */
  public synchronized void keep(Repair repair) throws IOException {
    List<Repair> next = new ArrayList<>(all);
    next.removeIf(r -> r.plan().equals(repair.plan()) && r.insteadOf().equals(repair.insteadOf()));
    next.add(repair);
    write(next);
  }

  /** Digests of the artifacts that run in place of others. */
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
    Files.createDirectories(file.getParent());
    Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
    StringBuilder text = new StringBuilder();
    next.forEach(repair -> text.append(repair.line()).append('\n'));
    Files.writeString(temporary, text, StandardCharsets.UTF_8);
    try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(
        temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    all = List.copyOf(next);
  }

  private Optional<Repair> find(Predicate<Repair> test) {
    return all.stream().filter(test).findFirst();
  }
}
