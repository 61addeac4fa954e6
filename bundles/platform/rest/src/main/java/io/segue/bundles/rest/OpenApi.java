package io.segue.bundles.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.segue.bundles.descriptors.HttpRoute;
import io.segue.bundles.descriptors.Types;
import io.segue.kernel.api.module.Descriptors;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The REST routes of a generation as an OpenAPI 3.0 document; made once for a generation. */
final class OpenApi {
  private static final JsonFactory FACTORY = new JsonFactory();

  /** Deepest parameter that is listed: {@code pagination.limit} is at 2. */
  private static final int PARAMETER_DEPTH = 3;

  private final byte[] json;

  private OpenApi(Types types) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = FACTORY.createGenerator(bytes)) {
      write(types, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    json = bytes.toByteArray();
  }

  static OpenApi of(Descriptors descriptors) {
    return descriptors.derive(OpenApi.class, () -> new OpenApi(Types.of(descriptors)));
  }

  /** The document in UTF-8. */
  byte[] json() {
    return json;
  }

  private static void write(Types types, JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeStringField("openapi", "3.0.3");
    out.writeObjectFieldStart("info");
    out.writeStringField("title", "REST routes of this chain");
    out.writeStringField("version", "1");
    out.writeEndObject();
    Map<String, List<HttpRoute>> byPath = new TreeMap<>();
    for (HttpRoute route : types.routes().all()) {
      byPath.computeIfAbsent(route.openPath(), path -> new ArrayList<>()).add(route);
    }
    Schemas schemas = new Schemas();
    Set<String> operations = new TreeSet<>();
    out.writeObjectFieldStart("paths");
    for (Map.Entry<String, List<HttpRoute>> path : byPath.entrySet()) {
      out.writeObjectFieldStart(path.getKey());
      for (HttpRoute route : path.getValue()) {
        operation(route, operations, schemas, out);
      }
      out.writeEndObject();
    }
    out.writeEndObject();
    out.writeObjectFieldStart("components");
    schemas.write(out);
    out.writeEndObject();
    out.writeEndObject();
  }

  private static void operation(
      HttpRoute route, Set<String> operations, Schemas schemas, JsonGenerator out)
      throws IOException {
    String id = route.method().getFullName();
    for (int i = 2; !operations.add(id); i++) {
      id = route.method().getFullName() + "." + i;
    }
    out.writeObjectFieldStart(route.httpMethod().toLowerCase(Locale.ROOT));
    out.writeStringField("operationId", id);
    out.writeArrayFieldStart("tags");
    out.writeString(route.method().getService().getFullName());
    out.writeEndArray();
    if (route.method().getOptions().getDeprecated()) {
      out.writeBooleanField("deprecated", true);
    }
    parameters(route, schemas, out);
    if (route.hasBody()) {
      out.writeObjectFieldStart("requestBody");
      content(route.method().getInputType(), schemas, out);
      out.writeEndObject();
    }
    out.writeObjectFieldStart("responses");
    out.writeObjectFieldStart("200");
    out.writeStringField("description", "The answer.");
    content(route.method().getOutputType(), schemas, out);
    out.writeEndObject();
    out.writeObjectFieldStart("default");
    out.writeStringField("description", "A failure, with the code of gRPC.");
    out.writeEndObject();
    out.writeEndObject();
    out.writeEndObject();
  }

  private static void content(Descriptor type, Schemas schemas, JsonGenerator out)
      throws IOException {
    out.writeObjectFieldStart("content");
    out.writeObjectFieldStart(RestAnswer.JSON);
    out.writeFieldName("schema");
    schemas.reference(type, out);
    out.writeEndObject();
    out.writeEndObject();
  }

  private static void parameters(HttpRoute route, Schemas schemas, JsonGenerator out)
      throws IOException {
    Map<String, FieldDescriptor> inQuery = new LinkedHashMap<>();
    route.parameters().forEach(field -> collect(field, field.getName(), 1, inQuery));
    Set<String> inPath = new TreeSet<>(route.variables());
    inQuery.keySet().removeAll(inPath);
    out.writeArrayFieldStart("parameters");
    for (String name : route.variables()) {
      out.writeStartObject();
      out.writeStringField("name", name);
      out.writeStringField("in", "path");
      out.writeBooleanField("required", true);
      out.writeObjectFieldStart("schema");
      out.writeStringField("type", "string");
      out.writeEndObject();
      out.writeEndObject();
    }
    for (Map.Entry<String, FieldDescriptor> parameter : inQuery.entrySet()) {
      out.writeStartObject();
      out.writeStringField("name", parameter.getKey());
      out.writeStringField("in", "query");
      if (parameter.getValue().getOptions().getDeprecated()) {
        out.writeBooleanField("deprecated", true);
      }
      out.writeFieldName("schema");
      schemas.field(parameter.getValue(), out);
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private static void collect(
      FieldDescriptor field, String name, int depth, Map<String, FieldDescriptor> found) {
    if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE || Schemas.isText(field)) {
      found.put(name, field);
    } else if (!field.isRepeated() && depth < PARAMETER_DEPTH) {
      for (FieldDescriptor part : field.getMessageType().getFields()) {
        collect(part, name + "." + part.getName(), depth + 1, found);
      }
    }
  }
}
