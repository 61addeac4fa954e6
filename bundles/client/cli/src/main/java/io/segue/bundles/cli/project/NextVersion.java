package io.segue.bundles.cli.project;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import io.segue.bundles.cli.console.CliException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * Makes the sources of a module those of its next version: the bundle's version and the consensus
 * version are raised, and a migration that does nothing yet leads from the one to the other.
 *
 * @param coordinates of the module: groupId, artifactId, version, as its new pom has them
 * @param from consensus version before
 */
record NextVersion(Map<String, String> coordinates, long from) {
  /** What {@code Map.of} takes, without the entry to come. */
  private static final int MAX_MIGRATIONS = 9;

  /**
   * Changes a copy of a module's project.
   *
   * @param version of its next bundle
   * @throws CliException where a file is not as expected; the copy is of no use then
   */
  static NextVersion raise(Path project, String version) throws IOException {
    Map<String, String> before = coordinates(project.resolve("pom.xml"));
    raisePom(project.resolve("pom.xml"), before, version);
    Path bnd = project.resolve("bnd.bnd");
    Files.writeString(
        bnd,
        Files.readString(bnd).replaceAll("(?m)^(Bundle-Version\\s*[:=]\\s*).*$", "$1" + version));
    JavaSource source = module(project);
    long from = raiseConsensusVersion(source);
    addMigration(source, from);
    Files.writeString(source.file(), source.text().after());
    return new NextVersion(
        Map.of(
            "groupId", value(before, "groupId"),
            "artifactId", value(before, "artifactId"),
            "version", version),
        from);
  }

  /**
   * The groupId, artifactId and version of a pom.
   *
   * @throws CliException where it does not have them itself
   */
  static Map<String, String> coordinates(Path pom) throws IOException {
    Map<String, String> found = new HashMap<>();
    for (Node node = root(pom).getFirstChild(); node != null; node = node.getNextSibling()) {
      if (List.of("groupId", "artifactId", "version").contains(node.getNodeName())) {
        found.put(node.getNodeName(), node.getTextContent().strip());
      }
    }
    if (found.size() != 3) {
      throw new CliException(pom + " must have groupId, artifactId and version itself; add them");
    }
    return found;
  }

  private static String value(Map<String, String> coordinates, String name) {
    return coordinates.getOrDefault(name, "");
  }

  private static Element root(Path pom) throws IOException {
    try (InputStream in = Files.newInputStream(pom)) {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      return factory.newDocumentBuilder().parse(in).getDocumentElement();
    } catch (ParserConfigurationException | SAXException e) {
      throw new CliException(pom + " is no XML: " + e.getMessage(), e);
    }
  }

  private static void raisePom(Path pom, Map<String, String> before, String version)
      throws IOException {
    String text = Files.readString(pom);
    Matcher own =
        Pattern.compile(
                "(<artifactId>\\s*"
                    + Pattern.quote(value(before, "artifactId"))
                    + "\\s*</artifactId>\\s*<version>)\\s*"
                    + Pattern.quote(value(before, "version"))
                    + "\\s*(</version>)")
            .matcher(text);
    if (!own.find()) {
      throw new CliException(
          pom + " must have its version right behind its artifactId; put it there");
    }
    Files.writeString(pom, text.substring(0, own.end(1)) + version + text.substring(own.start(2)));
  }

  private static JavaSource module(Path project) throws IOException {
    List<JavaSource> found =
        JavaSource.containing("consensusVersion", project).stream()
            .filter(source -> source.method("consensusVersion").isPresent())
            .toList();
    if (found.size() != 1) {
      throw new CliException(
          "one class of "
              + project
              + " must have a method consensusVersion(), and "
              + found.size()
              + " have; its module needs one");
    }
    return found.get(0);
  }

  private static long raiseConsensusVersion(JavaSource source) {
    ExpressionTree version = returned(source, "consensusVersion").orElse(null);
    if (version instanceof IdentifierTree constant) {
      version =
          source.type().getMembers().stream()
              .filter(VariableTree.class::isInstance)
              .map(VariableTree.class::cast)
              .filter(each -> each.getName().contentEquals(constant.getName()))
              .findFirst()
              .map(VariableTree::getInitializer)
              .orElse(null);
    }
    if (!(version instanceof LiteralTree literal)
        || !(literal.getValue() instanceof Number number)) {
      throw new CliException(
          "consensusVersion() in "
              + source.file()
              + " must return a number, or a constant of its class that is one");
    }
    long from = number.longValue();
    String text = source.text().before().substring(source.start(literal), source.end(literal));
    String suffix = text.matches(".*[lL]") ? "L" : "";
    source.text().replace(source.start(literal), source.end(literal), from + 1 + suffix);
    return from;
  }

  private static void addMigration(JavaSource source, long from) {
    String step = from + "L, this::migrateFrom" + from;
    MethodTree version = source.method("consensusVersion").orElseThrow();
    MethodTree last = version;
    String method = "";
    if (source.method("migrations").isPresent()) {
      last = source.method("migrations").get();
      MethodInvocationTree map = mapOf(source);
      List<? extends ExpressionTree> given = map.getArguments();
      source
          .text()
          .insert(
              given.isEmpty() ? source.end(map) - 1 : source.end(given.get(given.size() - 1)),
              (given.isEmpty() ? "" : ", ") + step);
    } else {
      source.importType("java.util.Map");
      method =
          "\n\n  @Override\n  public Map<Long, Migration> migrations() {\n    return Map.of("
              + step
              + ");\n  }";
    }
    source.importType("io.segue.kernel.api.module.Context");
    source
        .text()
        .insert(
            source.end(last),
            method
                + "\n\n  /** Brings the state from version "
                + from
                + " to "
                + (from + 1)
                + ": write what its new layout needs. */\n  private void migrateFrom"
                + from
                + "(Context context) {}");
  }

  private static MethodInvocationTree mapOf(JavaSource source) {
    return returned(source, "migrations")
        .filter(MethodInvocationTree.class::isInstance)
        .map(MethodInvocationTree.class::cast)
        .filter(call -> call.getMethodSelect().toString().equals("Map.of"))
        .filter(call -> call.getArguments().size() <= 2 * MAX_MIGRATIONS)
        .orElseThrow(
            () ->
                new CliException(
                    "migrations() in "
                        + source.file()
                        + " must return Map.of(...) with at most "
                        + MAX_MIGRATIONS
                        + " steps; bring it into this form"));
  }

  /** What a method returns that does nothing else. */
  private static Optional<ExpressionTree> returned(JavaSource source, String method) {
    return source
        .method(method)
        .map(MethodTree::getBody)
        .map(BlockTree::getStatements)
        .filter(statements -> statements.size() == 1)
        .map(statements -> (Tree) statements.get(0))
        .filter(ReturnTree.class::isInstance)
        .map(statement -> ((ReturnTree) statement).getExpression());
  }
}
