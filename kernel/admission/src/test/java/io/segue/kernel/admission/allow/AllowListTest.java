package io.segue.kernel.admission.allow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllowListTest {
  private static final String API = "io.segue.kernel.api.";

  private static final Path CLASSES =
      Path.of(System.getProperty("user.dir"), "..", "api", "target", "classes");

  /** Packages of the API that modules use. */
  private static final List<String> PACKAGES = List.of("abci", "module", "upgrade");

  /** What engines and sidecars use of them, and the text and hash of values, which Object has. */
  private static final List<String> NOT_FOR_MODULES =
      List.of(
          API + "abci.Application",
          API + "upgrade.Sidecar",
          API + "abci.Abci$ApplySnapshot",
          API + "abci.Abci$CheckTx",
          API + "abci.Abci$CommitResponse",
          API + "abci.Abci$ExecTx",
          API + "abci.Abci$FinalizeBlock",
          API + "abci.Abci$InfoResponse",
          API + "abci.Abci$InitChain",
          API + "abci.Abci$LoadSnapshot",
          API + "abci.Abci$OfferSnapshot",
          API + "abci.Abci$PrepareProposal",
          API + "abci.Abci$ProcessProposal",
          API + "abci.Abci$ProofOp",
          API + "abci.Abci$ProposalStatus",
          API + "abci.Abci$Query",
          API + "abci.Abci$Snapshot");

  private static final Set<String> OF_OBJECT = Set.of("toString()", "hashCode()", "equals(Object)");

  @Test
  void whatIsOnTheListIsThere() throws Exception {
    List<String> missing = new ArrayList<>();
    for (AllowList list : List.of(AllowList.CODE, AllowList.GENERATED)) {
      for (AllowedType type : list.types()) {
        Set<String> members = members(Class.forName(type.name(), false, loader()));
        type.members().keySet().stream()
            .map(name -> name.replaceFirst("^super\\(", "new("))
            .filter(name -> !members.contains(name))
            .forEach(name -> missing.add(type.name() + " " + name));
      }
    }

    assertThat(missing).isEmpty();
  }

  @Test
  void supertypesOfWhatIsNotJavasAreTrue() throws Exception {
    for (AllowList list : List.of(AllowList.CODE, AllowList.GENERATED)) {
      for (AllowedType type : list.types()) {
        for (String parent : type.parents()) {
          assertThat(Class.forName(parent, false, loader()))
              .as(type.name())
              .isAssignableFrom(Class.forName(type.name(), false, loader()));
        }
      }
    }
  }

  @Test
  void theWholeApiOfModulesIsOnTheList() throws Exception {
    Set<String> missing = new TreeSet<>();
    for (Class<?> type : apiTypes()) {
      Set<String> listed =
          AllowList.CODE.type(type.getName()).map(it -> it.members().keySet()).orElse(Set.of());
      declared(type).stream()
          .filter(name -> !OF_OBJECT.contains(name) && !listed.contains(name))
          .forEach(name -> missing.add(type.getName() + " " + name));
    }

    assertThat(missing).isEmpty();
  }

  @Test
  void thereIsRoomForABuilder() {
    assertThat(
            AllowList.CODE.types().stream()
                .filter(type -> type.name().startsWith("java."))
                .mapToInt(type -> type.members().size())
                .sum())
        .isGreaterThan(900);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "java.util.List",
        "java.util.List: sort",
        "java.util.List: cast cast",
        "  size()",
        "java.util.List:\n  size()@never",
        "java.util.List:\n  size() size()",
        "java.util.List:\njava.util.List:"
      })
  void aLineOutOfFormIsNamed(String lines) {
    assertThatThrownBy(() -> AllowList.parse(lines.lines().toList()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("allowed.txt: '");
  }

  private static List<Class<?>> apiTypes() throws IOException, ClassNotFoundException {
    List<Class<?>> types = new ArrayList<>();
    for (String name : PACKAGES) {
      Path folder = CLASSES.resolve((API + name).replace('.', '/'));
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          String simple = String.valueOf(file.getFileName()).replace(".class", "");
          Class<?> type = Class.forName(API + name + '.' + simple, false, loader());
          if (isPublic(type) && NOT_FOR_MODULES.stream().noneMatch(type.getName()::startsWith)) {
            types.add(type);
          }
        }
      }
    }
    return types;
  }

  private static boolean isPublic(Class<?> type) {
    return Modifier.isPublic(type.getModifiers())
        && (type.getDeclaringClass() == null || isPublic(type.getDeclaringClass()));
  }

  /** What a class and its supertypes declare that a bundle may see. */
  private static Set<String> members(Class<?> type) {
    Set<String> members = new TreeSet<>(visible(type));
    if (type.getSuperclass() != null) {
      members(type.getSuperclass()).stream()
          .filter(name -> !name.startsWith("new("))
          .forEach(members::add);
    }
    for (Class<?> parent : type.getInterfaces()) {
      members.addAll(members(parent));
    }
    if (type.isInterface()) {
      members.addAll(visible(Object.class));
    }
    return members;
  }

  private static Set<String> declared(Class<?> type) {
    Set<String> members = new TreeSet<>();
    for (Method method : type.getDeclaredMethods()) {
      if (Modifier.isPublic(method.getModifiers()) && !method.isSynthetic()) {
        members.add(name(method));
      }
    }
    for (Constructor<?> constructor : type.getDeclaredConstructors()) {
      if (Modifier.isPublic(constructor.getModifiers())) {
        members.add(name(constructor));
      }
    }
    for (Field field : type.getDeclaredFields()) {
      if (Modifier.isPublic(field.getModifiers())) {
        members.add(field.getName());
      }
    }
    return members;
  }

  private static Set<String> visible(Class<?> type) {
    int seen = Modifier.PUBLIC | Modifier.PROTECTED;
    Set<String> members = new TreeSet<>();
    Stream.of(type.getDeclaredMethods(), type.getDeclaredConstructors())
        .flatMap(Arrays::stream)
        .map(Executable.class::cast)
        .filter(member -> (member.getModifiers() & seen) != 0)
        .forEach(member -> members.add(name(member)));
    for (Field field : type.getDeclaredFields()) {
      if ((field.getModifiers() & seen) != 0) {
        members.add(field.getName());
      }
    }
    return members;
  }

  private static String name(Executable member) {
    String parameters =
        Arrays.stream(member.getParameterTypes())
            .map(Class::getTypeName)
            .map(name -> name.substring(name.lastIndexOf('.') + 1))
            .collect(Collectors.joining(",", "(", ")"));
    return (member instanceof Method ? member.getName() : "new") + parameters;
  }

  private static ClassLoader loader() {
    return AllowListTest.class.getClassLoader();
  }
}
