package io.segue.kernel.testkit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Test vectors: one object of a JSON file beside this class, read by path. */
public final class Vectors {
  private final Map<String, Object> members;

  private Vectors(Map<String, Object> members) {
    this.members = members;
  }

  /** The vectors of a file, for instance {@code smt.json}. */
  public static Vectors load(String file) {
    try (InputStream in = Vectors.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalArgumentException("no vectors " + file);
      }
      JsonParser parser = new JsonFactory().createParser(in);
      parser.nextToken();
      return new Vectors(object(parser));
    } catch (IOException e) {
      throw new UncheckedIOException("vectors can't be read: " + file, e);
    }
  }

  public boolean has(String name) {
    return members.containsKey(name);
  }

  /** A member that is a text. */
  public String text(String name) {
    return (String) member(name);
  }

  /** A member that is a text of hexadecimal digits. */
  public byte[] bytes(String name) {
    return HexFormat.of().parseHex(text(name));
  }

  /** A member that is an object. */
  @SuppressWarnings("unchecked")
  public Vectors object(String name) {
    return new Vectors((Map<String, Object>) member(name));
  }

  /** A member that is a list of objects. */
  @SuppressWarnings("unchecked")
  public List<Vectors> objects(String name) {
    List<Vectors> objects = new ArrayList<>();
    ((List<Object>) member(name))
        .forEach(object -> objects.add(new Vectors((Map<String, Object>) object)));
    return objects;
  }

  /** A member that is a list of lists of texts. */
  @SuppressWarnings("unchecked")
  public List<List<String>> table(String name) {
    return (List<List<String>>) member(name);
  }

  /** The members that are texts. */
  public Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    members.forEach(
        (name, value) -> {
          if (value instanceof String text) {
            texts.put(name, text);
          }
        });
    return texts;
  }

  private Object member(String name) {
    Object value = members.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no member " + name + "; there are " + members.keySet());
    }
    return value;
  }

  private static Map<String, Object> object(JsonParser parser) throws IOException {
    Map<String, Object> members = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      members.put(name, value(parser));
    }
    return members;
  }

  private static Object value(JsonParser parser) throws IOException {
    @Nullable JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      return object(parser);
    }
    if (token == JsonToken.START_ARRAY) {
      List<Object> elements = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        elements.add(value(parser));
      }
      return elements;
    }
    return parser.getText();
  }
}
