package io.segue.bundles.cli.project;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import io.segue.bundles.cli.console.CliException;
import io.segue.kernel.api.node.FailureText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Modifier;

/**
 * Adds a message or a query to the project of a module: its types and its method to the {@code
 * .proto} file, a handler to the Java class that has the services, and a test. Either all files are
 * written or none.
 */
final class ServiceMethod {
  /** What Ledger devices show of a message's name. */
  private static final int MAX_AMINO_NAME = 39;

  private static final String API = "io.segue.kernel.api.";

  private final Template template;
  private final ModuleProject project;

  ServiceMethod(Template template, ModuleProject project) {
    this.template = template;
    this.project = project;
  }

  /** Where {@code Services} are made, and whether that method has no {@code this}. */
  private record Place(JavaSource source, MethodInvocationTree build, boolean isStatic) {}

  /**
   * Adds a message.
   *
   * @param name of the method; the message is {@code Msg} and the name
   * @param signer field with the address of who signs
   * @return the files that were written
   * @throws CliException where a name is of no use or taken, or a file is not as expected
   */
  List<Path> addMessage(String name, String signer) {
    requireName(name, "Msg");
    if (!signer.matches("[a-z][a-z0-9_]*") || signer.equals("text")) {
      throw new CliException(
          "\""
              + signer
              + "\" can't be the signer's field: a name has lower case letters, digits and"
              + " underscores, and text is the message's other field");
    }
    String amino = project.name() + "/Msg" + name;
    if (amino.length() > MAX_AMINO_NAME) {
      throw new CliException(
          amino
              + " is too long as the message's name in Amino JSON, which has at most "
              + MAX_AMINO_NAME
              + " characters; take a shorter name");
    }
    return add(
        "message",
        "Msg",
        name,
        List.of("Msg" + name, "Msg" + name + "Response"),
        List.of("amino/amino.proto", "cosmos/msg/v1/msg.proto"),
        signer);
  }

  /**
   * Adds a query.
   *
   * @param name of the method
   * @return the files that were written
   * @throws CliException where a name is of no use or taken, or a file is not as expected
   */
  List<Path> addQuery(String name) {
    requireName(name, "Query");
    return add(
        "query",
        "Query",
        name,
        List.of("Query" + name + "Request", "Query" + name + "Response"),
        List.of("google/api/annotations.proto"),
        "");
  }

  private List<Path> add(
      String kind,
      String service,
      String name,
      List<String> messages,
      List<String> imports,
      String signer) {
    try {
      ProtoSource proto = ProtoSource.of(service, project.folder());
      Place place = place();
      String handler = Character.toLowerCase(name.charAt(0)) + name.substring(1);
      refuseWhatIsThere(proto, place.source(), service, name, messages, handler);
      Map<String, String> words = new LinkedHashMap<>();
      words.put("Method", name);
      words.put("method", handler);
      words.put("snake_method", snake(name));
      words.put("signer", signer);
      words.put("Signer", camel(signer));
      words.put("name", project.name());
      words.put("proto.package", proto.packageName());
      words.put("route", proto.packageName().replace('.', '/'));
      words.put("java.package", proto.javaPackage());
      words.put("package", project.packageName());
      words.put("package_path", project.packageName().replace('.', '/'));
      words.put("Factory", project.factory().substring(project.factory().lastIndexOf('.') + 1));
      words.put("static", place.isStatic() ? "static " : "");
      words.put(
          "self", place.isStatic() ? place.source().type().getSimpleName().toString() : "this");
      words.put("indent", indent(place));
      String pieces = "pieces/" + kind + "/";
      if (proto.text().before().contains("\"/" + words.get("route") + "/" + snake(name) + "\"")) {
        throw new CliException(
            proto.file() + " has the route of " + name + " already; take another name");
      }
      imports.forEach(proto::importFile);
      proto.addMethod(service, template.piece(pieces + "rpc.proto", words));
      proto.addMessages(template.piece(pieces + "messages.proto", words));
      addHandler(place, messages, proto.javaPackage(), kind, words);

      Map<Path, String> files = new LinkedHashMap<>();
      files.put(proto.file(), proto.text().after());
      files.put(place.source().file(), place.source().text().after());
      template
          .files(kind, words)
          .forEach((file, text) -> files.put(project.folder().resolve(file), text));
      write(files, List.of(proto.file(), place.source().file()));
      return List.copyOf(files.keySet());
    } catch (IOException e) {
      throw new CliException(project.folder() + " can't be read: " + FailureText.of(e), e);
    }
  }

  private void addHandler(
      Place place,
      List<String> messages,
      String javaPackage,
      String kind,
      Map<String, String> words)
      throws IOException {
    JavaSource source = place.source();
    String pieces = "pieces/" + kind + "/";
    MemberSelectTree build = (MemberSelectTree) place.build().getMethodSelect();
    source
        .text()
        .insert(
            source.end(build.getExpression()),
            "\n" + template.piece(pieces + "services.java", words).stripTrailing());
    int end = source.end(source.type()) - 1;
    int last = source.text().before().substring(0, end).stripTrailing().length();
    source.text().replace(last, end, "\n\n" + template.piece(pieces + "handler.java", words));
    source.importType(API + "module.Context");
    if (kind.equals("message")) {
      source.importType(API + "abci.Abci.Event");
      source.importType(javaPackage + "." + messages.get(0));
    } else {
      messages.forEach(message -> source.importType(javaPackage + "." + message));
    }
  }

  private Place place() throws IOException {
    List<Place> places = new ArrayList<>();
    for (JavaSource source : JavaSource.containing("Services.of", project.folder())) {
      new TreePathScanner<Void, Void>() {
        @Override
        public Void visitMethodInvocation(MethodInvocationTree call, Void nothing) {
          if (isBuildOfServices(call)) {
            places.add(new Place(source, call, isInStatic(getCurrentPath())));
          }
          return super.visitMethodInvocation(call, nothing);
        }
      }.scan(source.unit(), null);
    }
    if (places.size() != 1) {
      throw new CliException(
          "one class of "
              + project.folder()
              + " must have its services in the form Services.of(...)....build(), and "
              + places.size()
              + " have; write the method by hand");
    }
    return places.get(0);
  }

  private static boolean isBuildOfServices(MethodInvocationTree call) {
    ExpressionTree each = call;
    boolean last = true;
    while (each instanceof MethodInvocationTree one
        && one.getMethodSelect() instanceof MemberSelectTree select) {
      if (last && !select.getIdentifier().contentEquals("build")) {
        return false;
      }
      if (select.toString().equals("Services.of")) {
        return !last;
      }
      last = false;
      each = select.getExpression();
    }
    return false;
  }

  private static boolean isInStatic(TreePath path) {
    for (Tree each : path) {
      if (each instanceof MethodTree method) {
        return method.getModifiers().getFlags().contains(Modifier.STATIC);
      }
    }
    return false;
  }

  /** What stands before {@code .build()} in its line, where it has a line of its own. */
  private static String indent(Place place) {
    JavaSource source = place.source();
    MemberSelectTree build = (MemberSelectTree) place.build().getMethodSelect();
    String between =
        source.text().before().substring(source.end(build.getExpression()), source.end(build));
    int line = between.lastIndexOf('\n');
    String blanks = line < 0 ? "" : between.substring(line + 1, between.lastIndexOf('.'));
    return blanks.isBlank() && !blanks.isEmpty() ? blanks : " ".repeat(12);
  }

  private void refuseWhatIsThere(
      ProtoSource proto,
      JavaSource source,
      String service,
      String name,
      List<String> messages,
      String handler) {
    if (proto.hasMethod(service, name)) {
      throw new CliException(
          "service " + service + " in " + proto.file() + " has a method " + name + " already");
    }
    for (String message : messages) {
      if (proto.hasMessage(message)) {
        throw new CliException(proto.file() + " has a message " + message + " already");
      }
    }
    if (source.method(handler).isPresent()) {
      throw new CliException(
          source.file() + " has a method " + handler + " already; take another name");
    }
  }

  /** Writes what is there and what is new; takes it all back where one can't be written. */
  private static void write(Map<Path, String> files, List<Path> changed) throws IOException {
    Map<Path, String> before = new LinkedHashMap<>();
    for (Path file : files.keySet()) {
      if (changed.contains(file)) {
        before.put(file, Files.readString(file));
      } else if (Files.exists(file)) {
        throw new CliException(file + " exists already; take another name or remove it");
      }
    }
    try {
      for (Map.Entry<Path, String> file : files.entrySet()) {
        Files.createDirectories(file.getKey().getParent());
        Files.writeString(file.getKey(), file.getValue());
      }
    } catch (IOException e) {
      for (Path file : files.keySet()) {
        if (before.containsKey(file)) {
          Files.writeString(file, before.get(file));
        } else {
          Files.deleteIfExists(file);
        }
      }
      throw e;
    }
  }

  private static void requireName(String name, String prefix) {
    String handler =
        name.isEmpty() ? "" : Character.toLowerCase(name.charAt(0)) + name.substring(1);
    if (!name.matches("[A-Z][A-Za-z0-9]{0,63}") || SourceVersion.isKeyword(handler)) {
      throw new CliException(
          "\""
              + name
              + "\" can't be the name: it starts with an upper case letter, has up to 64 letters and"
              + " digits, and is no word of Java");
    }
    if (name.matches(prefix + "[A-Z].*")) {
      throw new CliException(
          name + " starts with " + prefix + ", which is put before it; give what comes behind it");
    }
  }

  private static String snake(String name) {
    return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
  }

  private static String camel(String field) {
    StringBuilder camel = new StringBuilder();
    for (String part : field.split("_")) {
      if (!part.isEmpty()) {
        camel.append(Character.toUpperCase(part.charAt(0))).append(part.substring(1));
      }
    }
    return camel.toString();
  }
}
