package io.segue.bundles.cli.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.segue.bundles.shell.output.JsonOutput;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.Map;
import picocli.CommandLine.Option;

/** The option {@code --output}: one JSON object, or aligned lines of text. */
public final class Output {
  /** Shared; thread safe once configured. */
  public static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /** How results are printed. */
  public enum Form {
    text,
    json
  }

  @Option(
      names = {"-o", "--output"},
      paramLabel = "text|json",
      description = "How the result is printed. Default: ${DEFAULT-VALUE}.")
  private Form form = Form.text;

  public boolean json() {
    return form == Form.json;
  }

  /** Reads JSON that a program wrote. */
  public static JsonNode read(byte[] json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static ObjectNode object() {
    return JSON.createObjectNode();
  }

  /** Prints a result. */
  public void print(PrintWriter out, JsonNode result) {
    if (json()) {
      out.print(JsonOutput.text(result));
    } else if (result.isContainerNode() && result.isEmpty()) {
      out.println("none");
    } else {
      text(out, "", result);
    }
    out.flush();
  }

  private static void text(PrintWriter out, String indent, JsonNode node) {
    if (node.isObject()) {
      int width = 0;
      for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
        width = Math.max(width, names.next().length());
      }
      for (Map.Entry<String, JsonNode> member : node.properties()) {
        if (member.getValue().isContainerNode() && !member.getValue().isEmpty()) {
          out.println(indent + member.getKey());
          text(out, indent + "  ", member.getValue());
        } else {
          out.printf(
              "%s%-" + Math.max(width, 1) + "s  %s%n",
              indent,
              member.getKey(),
              member.getValue().isContainerNode() ? "-" : member.getValue().asText());
        }
      }
    } else if (node.isArray()) {
      boolean first = true;
      for (JsonNode element : node) {
        if (!first && element.isContainerNode()) {
          out.println();
        }
        first = false;
        text(out, indent, element);
      }
    } else {
      out.println(indent + node.asText());
    }
  }
}
