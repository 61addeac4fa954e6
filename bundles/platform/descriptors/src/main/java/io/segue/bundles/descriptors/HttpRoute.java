package io.segue.bundles.descriptors;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.DynamicMessage;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A query's HTTP route.
 *
 * @param path of the query, such as {@code /cosmos.bank.v1beta1.Query/Balance}
 */
public final class HttpRoute {
  private final String path;
  private final MethodDescriptor method;
  private final String httpMethod;
  private final PathTemplate template;
  private final String body;

  private HttpRoute(
      String path, MethodDescriptor method, String httpMethod, PathTemplate template, String body) {
    this.path = path;
    this.method = method;
    this.httpMethod = httpMethod;
    this.template = template;
    this.body = body;
  }

  static HttpRoute of(String path, MethodDescriptor method, HttpRule rule) {
    PathTemplate template = PathTemplate.parse(rule.template());
    HttpRoute route = new HttpRoute(path, method, rule.httpMethod(), template, rule.body());
    for (PathTemplate.Variable variable : template.variables()) {
      Parameters.require(method.getInputType(), variable.field());
    }
    if (!rule.body().isEmpty() && !rule.body().equals("*")) {
      throw new IllegalArgumentException("the body is a field; only the whole message is served");
    }
    return route;
  }

  /** Path of the query, such as {@code /cosmos.bank.v1beta1.Query/Balance}. */
  public String path() {
    return path;
  }

  /** The query's description. */
  public MethodDescriptor method() {
    return method;
  }

  /** Such as {@code GET}. */
  public String httpMethod() {
    return httpMethod;
  }

  /** Whether the request message is the body, in JSON; else it stands in the URL. */
  public boolean hasBody() {
    return !body.isEmpty();
  }

  /** The fields that the path fills, as paths such as {@code pagination.limit}. */
  public List<String> variables() {
    return template.variables().stream().map(PathTemplate.Variable::field).toList();
  }

  /** The path with its variables as OpenAPI has them: {@code /a/{b}/c}. */
  public String openPath() {
    List<String> parts = new ArrayList<>();
    int at = 0;
    while (at < template.segments().size()) {
      int here = at;
      PathTemplate.Variable variable =
          template.variables().stream().filter(v -> v.from() == here).findFirst().orElse(null);
      if (variable == null) {
        parts.add(template.segments().get(at).text());
        at++;
      } else {
        parts.add("{" + variable.field() + "}");
        at = variable.to();
      }
    }
    String verb = template.verb().isEmpty() ? "" : ":" + template.verb();
    return "/" + String.join("/", parts) + verb;
  }

  /** The fields that query parameters may fill. */
  public List<FieldDescriptor> parameters() {
    Set<String> bound = new LinkedHashSet<>(variables());
    return hasBody()
        ? List.of()
        : method.getInputType().getFields().stream()
            .filter(field -> !bound.contains(field.getName()))
            .toList();
  }

  /**
   * The request message. Parameters that name no field are passed over, as the Cosmos SDK does.
   *
   * @param variables as {@link HttpRoutes.Match} has them
   * @param parameters the query parameters, decoded, by name, each with all its values
   * @param content the body
   * @throws IllegalArgumentException where they do not fit the message
   */
  public DynamicMessage request(
      Map<String, String> variables,
      Map<String, List<String>> parameters,
      byte[] content,
      CosmosJson json) {
    Descriptor type = method.getInputType();
    DynamicMessage.Builder request =
        hasBody() && content.length > 0
            ? json.parseKnown(type, content).toBuilder()
            : DynamicMessage.newBuilder(type);
    Parameters filling = new Parameters(json);
    variables.forEach((field, text) -> filling.variable(request, field, text));
    if (!hasBody()) {
      Set<String> bound = variables.keySet();
      parameters.forEach(
          (name, values) -> {
            if (!bound.contains(name)) {
              filling.parameter(request, name, values);
            }
          });
    }
    return request.build();
  }

  PathTemplate template() {
    return template;
  }

  @Override
  public String toString() {
    return httpMethod + " " + template;
  }
}
