package io.segue.bundles.cli.init;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.cli.console.Output;
import io.segue.kernel.api.abci.ConsensusBounds;
import io.segue.kernel.api.node.FailureText;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;

/**
 * A genesis that {@code segue export} wrote, or a tool of the Cosmos world in CometBFT's form. It
 * is copied in one pass: its state may be large.
 */
final class ImportedGenesis {
  private static final Set<String> REQUIRED = Set.of("genesis_time", "chain_id", "app_state");

  private final Path file;

  ImportedGenesis(Path file) {
    this.file = file;
  }

  /**
   * Its chain id.
   *
   * @throws CliException where the file can't be read, or has none
   */
  String chainId() {
    try (JsonParser json = Output.JSON.createParser(file.toFile())) {
      requireObject(json);
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        if (name.equals("chain_id")) {
          return json.getText();
        }
        json.skipChildren();
      }
    } catch (IOException e) {
      throw unreadable(e);
    }
    throw new CliException(file + " has no member chain_id; it is no genesis");
  }

  /**
   * Writes it under another chain id.
   *
   * @throws CliException where the file is no genesis; names what is missing
   */
  void copy(Path to, String chainId) {
    Set<String> missing = new TreeSet<>(REQUIRED);
    try (InputStream in = Files.newInputStream(file);
        JsonParser json = Output.JSON.createParser(in);
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(to));
        JsonGenerator copy = Output.JSON.createGenerator(out, JsonEncoding.UTF8)) {
      requireObject(json);
      copy.writeStartObject();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        missing.remove(name);
        json.nextToken();
        copy.writeFieldName(name);
        if (name.equals("chain_id")) {
          copy.writeString(chainId);
        } else if (name.equals("genesis_time")) {
          copy.writeString(checkedTime(json.getText()));
        } else {
          copy.copyCurrentStructure(json);
        }
      }
      copy.writeEndObject();
    } catch (IOException e) {
      throw unreadable(e);
    }
    if (!missing.isEmpty()) {
      throw new CliException(
          file
              + " lacks "
              + missing
              + ": it is no genesis in CometBFT's form; make one with segue export");
    }
  }

  private String checkedTime(String text) {
    try {
      ConsensusBounds.checkGenesisTime(Instant.parse(text));
      return text;
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new CliException(file + " is refused: " + e.getMessage(), e);
    }
  }

  private void requireObject(JsonParser json) throws IOException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw new CliException(file + " is no JSON object; make a genesis with segue export");
    }
  }

  private CliException unreadable(IOException e) {
    String why =
        e instanceof JsonProcessingException json ? json.getOriginalMessage() : FailureText.of(e);
    return new CliException("the genesis " + file + " can't be read: " + why, e);
  }
}
