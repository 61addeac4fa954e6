package io.segue.kernel.core.upgrade;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.segue.kernel.api.upgrade.Plan;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The file {@code data/upgrade-info.json}, for operators whose watchers know it from cosmovisor.
 * Nothing of Segue depends on it.
 *
 * <pre>{"name":"v2","time":"0001-01-01T00:00:00Z","height":24,"info":"..."}</pre>
 */
public final class UpgradeInfoFile {
  private final Path file;

  /** The file in this folder. */
  public UpgradeInfoFile(Path dataFolder) {
    this.file = dataFolder.resolve("upgrade-info.json");
  }

  /** Writes the plan atomically; the same plan gives the same bytes. */
  public void write(Plan plan) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("name", plan.name());
      json.writeStringField("time", "0001-01-01T00:00:00Z");
      json.writeNumberField("height", plan.height());
      json.writeStringField("info", plan.info());
      json.writeEndObject();
    }
    WholeFile.write(file, text.toString());
  }

  /** Removes the file, if there is one. */
  public void remove() throws IOException {
    Files.deleteIfExists(file);
  }
}
