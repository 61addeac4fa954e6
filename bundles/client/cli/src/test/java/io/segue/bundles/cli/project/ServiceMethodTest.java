package io.segue.bundles.cli.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.bundles.cli.console.CliException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * On the project that {@code segue new module} makes. That what comes of it builds, an IT shows.
 */
class ServiceMethodTest {
  private final Template template = new Template(Path.of("../../../distribution/src/main"));
  private final Path project;
  private final Path proto;
  private final Path module;

  ServiceMethodTest(@TempDir Path folder) {
    this.project = folder.resolve("book");
    this.proto = project.resolve("src/main/proto/org/acme/book/book.proto");
    this.module = project.resolve("src/main/java/org/acme/book/BookModule.java");
  }

  @BeforeEach
  void makeAModule() {
    template.write("module", project, ProjectNames.ofModule("book", "org.acme.book").tokens());
  }

  @Test
  void addsAMessage() {
    assertThat(methods().addMessage("RenewAll", "the_owner"))
        .containsExactly(
            proto, module, project.resolve("src/test/java/org/acme/book/MsgRenewAllTest.java"));

    assertThat(proto)
        .content()
        .contains(
            """
              rpc Sign(MsgSign) returns (MsgSignResponse);

              // What it does, for whoever sends it.
              rpc RenewAll(MsgRenewAll) returns (MsgRenewAllResponse);
            }
            """)
        .endsWith(
            """
            message MsgRenewAll {
              option (cosmos.msg.v1.signer) = "the_owner";
              option (amino.name) = "book/MsgRenewAll";

              string the_owner = 1;
              string text = 2;
            }

            message MsgRenewAllResponse {}
            """);
    assertThat(module)
        .content()
        .contains(
            "import org.acme.book.proto.MsgRenewAll;\nimport org.acme.book.proto.MsgSign;",
            """
                            this::entries)
                        .message(MsgRenewAll.getDefaultInstance())
                        .handle(this::renewAll)
                        .build();
            """)
        .contains("private void renewAll(Context context, MsgRenewAll message) {", "getTheOwner()");
  }

  @Test
  void addsAQuery() {
    methods().addQuery("EntryCount");

    assertThat(proto)
        .content()
        .contains(
            """
              // What it answers, for whoever asks.
              rpc EntryCount(QueryEntryCountRequest) returns (QueryEntryCountResponse) {
                option (google.api.http).get = "/book/v1/entry_count";
              }
            }
            """);
    assertThat(module)
        .content()
        .contains(
            """
                        .query(
                            QueryEntryCountRequest.getDefaultInstance(),
                            QueryEntryCountResponse.getDefaultInstance(),
                            this::entryCount)
                        .build();
            """)
        .contains("import org.acme.book.proto.QueryEntryCountResponse;");
  }

  @Test
  void importsWhatTheModuleHasNotUsedYet() throws Exception {
    replace(proto, "import \"amino/amino.proto\";\n", "");
    replace(module, "import io.segue.kernel.api.abci.Abci.Event;\n", "");

    methods().addMessage("Renew", "sender");

    assertThat(proto).content().contains("import \"amino/amino.proto\";\nimport \"cosmos/base");
    assertThat(module)
        .content()
        .contains("import io.segue.kernel.api.abci.Abci.Event;\nimport io.segue.kernel.api.module");
  }

  @ParameterizedTest
  @CsvSource({
    "renew, sender, starts with an upper case letter",
    "New, sender, is no word of Java",
    "Re-new, sender, up to 64 letters and digits",
    "MsgRenew, sender, give what comes behind it",
    "RenewEverythingThatThereIsInTheBook, sender, has at most 39",
    "Renew, Sender, can't be the signer's field",
    "Renew, text, can't be the signer's field",
    "Sign, sender, service Msg in",
    "Entries, sender, has a method entries already",
  })
  void refusesAMessage(String name, String signer, String reason) throws Exception {
    assertRefused(() -> methods().addMessage(name, signer), reason);
  }

  @Test
  void refusesAQueryThatIsThere() throws Exception {
    assertRefused(() -> methods().addQuery("Entries"), "has a method Entries already");
    replace(proto, "service Msg {", "message QueryCountRequest {}\n\nservice Msg {");
    assertRefused(() -> methods().addQuery("Count"), "has a message QueryCountRequest already");
    replace(proto, "/book/v1/entries", "/book/v1/total");
    assertRefused(() -> methods().addQuery("Total"), "has the route of Total already");
    Path test = project.resolve("src/test/java/org/acme/book/QueryFirstTest.java");
    Files.writeString(test, "class QueryFirstTest {}");
    assertRefused(() -> methods().addQuery("First"), test + " exists already");
  }

  @Test
  void refusesFilesThatDoNotLookAsExpected() throws Exception {
    String before = Files.readString(module);
    replace(module, ".build();", ".build()");
    assertRefused(() -> methods().addQuery("Count"), "BookModule.java is no Java: line");
    Files.writeString(module, before.replace("Services.of(", "services("));
    assertRefused(() -> methods().addQuery("Count"), "Services.of(...)....build(), and 0 have");
    Files.writeString(module, before);
    replace(proto, "option java_multiple_files = true;", "// option java_multiple_files = true;");
    assertRefused(() -> methods().addQuery("Count"), "java_multiple_files = true; add them");
    replace(proto, "service Query", "service Other");
    assertRefused(() -> methods().addQuery("Count"), "service Query must be in one .proto file");
  }

  @Test
  void findsTheProjectFromWithin() {
    assertThat(ModuleProject.around(module.getParent()).folder()).isEqualTo(project);
    assertThatThrownBy(() -> ModuleProject.around(project.getParent()))
        .isInstanceOf(CliException.class)
        .hasMessageContaining("is not in the project of a module; go to a folder");
  }

  private ServiceMethod methods() {
    return new ServiceMethod(template, ModuleProject.in(project));
  }

  /** Refused, and nothing is written. */
  private void assertRefused(Runnable adding, String reason) throws IOException {
    Map<Path, String> before = files();
    assertThatThrownBy(adding::run).isInstanceOf(CliException.class).hasMessageContaining(reason);
    assertThat(files()).isEqualTo(before);
  }

  private Map<Path, String> files() throws IOException {
    Map<Path, String> texts = new TreeMap<>();
    try (Stream<Path> files = Files.walk(project)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        texts.put(file, Files.readString(file));
      }
    }
    return texts;
  }

  private static void replace(Path file, String text, String replacement) throws IOException {
    String before = Files.readString(file);
    assertThat(before).contains(text);
    Files.writeString(file, before.replace(text, replacement));
  }
}
