package io.segue.kernel.admission.allow;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes {@code docs/allowed.md}, the list as builders read it. */
public final class AllowedPage {
  private static final String HEAD =
      """
      # What code of generations may use

      This page is written from
      [`allowed.txt`](../kernel/admission/src/main/resources/io/segue/kernel/admission/code/allowed.txt); a test fails when they differ. Code of a bundle may
      use what stands here, and its own classes. Everything else is refused; [the rules](../kernel/admission/src/main/resources/io/segue/kernel/admission/code/rules.txt)
      say why, and what to use instead. `segue check <file>` shows all of it, with class, method and line.

      - A use of a member is one thing, a use of a type another: to make a lambda of a type, cast to it, make an array of it, or catch it is allowed where it says so.
      - A method of a class or interface counts for what descends from it: `Collection.size()` is `ArrayList.size()` too. Constructors, static methods and
        fields stand at each class.
      - `new` is a constructor, `super` one that only a subclass calls. What is ~~struck out~~ is off, though a supertype has it.

      Some members have a condition:

      """;

  private AllowedPage() {}

  /** The page. */
  public static String text() {
    StringBuilder page = new StringBuilder(HEAD);
    for (Condition condition : Condition.values()) {
      page.append("- *").append(condition.word()).append("*: ");
      page.append(condition.meaning().replace("<", "&lt;").replace("|", "\\|")).append(".\n");
    }
    packages(page, AllowList.CODE);
    page.append(
        """

        # What generated code uses

        Classes that protobuf's compiler generates, known by what they extend or implement, and classes nested in them, may use the following and nothing else. Code of
        your own in such a class is held to it too.
        """);
    packages(page, AllowList.GENERATED);
    return page.toString();
  }

  private static void packages(StringBuilder page, AllowList list) {
    Map<String, List<AllowedType>> packages = new TreeMap<>();
    for (AllowedType type : list.types()) {
      packages.computeIfAbsent(packageOf(type.name()), key -> new ArrayList<>()).add(type);
    }
    packages.forEach(
        (name, types) -> {
          page.append("\n## ").append(name).append("\n\n");
          types.stream()
              .sorted(Comparator.comparing(AllowedType::name))
              .forEach(type -> page.append(line(type)));
        });
  }

  private static String line(AllowedType type) {
    String uses = type.uses().stream().map(TypeUse::meaning).collect(Collectors.joining(", "));
    String members =
        type.members().values().stream().map(AllowedPage::member).collect(Collectors.joining(" "));
    return Stream.of("- **`" + simple(type.name()) + "`**", uses, members)
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining("; "))
        + "\n";
  }

  private static String member(AllowedMember member) {
    String name = "`" + member.name() + "`";
    String conditions =
        member.conditions().stream()
            .sorted()
            .map(condition -> " *" + condition.word() + "*")
            .collect(Collectors.joining());
    return (member.allowed() ? name : "~~" + name + "~~") + conditions;
  }

  private static String simple(String name) {
    return name.substring(name.lastIndexOf('.') + 1).replace('$', '.');
  }

  private static String packageOf(String name) {
    return name.substring(0, name.lastIndexOf('.'));
  }
}
