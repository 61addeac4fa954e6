package io.segue.bundles.cli.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.bundles.cli.console.CliException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProjectNamesTest {
  @Test
  void namesTheClassesOfAModule() {
    assertThat(ProjectNames.ofModule("guestbook", "org.acme.guestbook").tokens())
        .containsEntry("name", "guestbook")
        .containsEntry("Name", "Guestbook")
        .containsEntry("package", "org.acme.guestbook")
        .containsEntry("package_path", "org/acme/guestbook");
  }

  @Test
  void namesTheClassesOfAnUpgrade() {
    ProjectNames module = ProjectNames.ofModule("book", "org.acme.v21.book");

    assertThat(ProjectNames.ofPlan("v2.1-rc", "org.acme.v21").upgradeTokens(module))
        .containsEntry("plan", "v2.1-rc")
        .containsEntry("Plan", "V21rc")
        .containsEntry("package", "org.acme.v21")
        .containsEntry("module", "book")
        .containsEntry("module.package", "org.acme.v21.book")
        .containsEntry("module.version", "1.0.0");
  }

  @ParameterizedTest
  @CsvSource({
    "Book, org.acme.book, a module can't be called Book",
    "2book, org.acme.book, a module can't be called 2book",
    "class, org.acme.book, a module can't be called class",
    "bank, org.acme.book, generation genesis has a module bank already",
    "book, org.acme.class, is no Java package in lower case",
    "book, org.Acme.book, is no Java package in lower case",
    "book, ../evil, is no Java package in lower case",
    "book, io.segue.bundles.bank, package io.segue.bundles.bank is not yours",
    "book, java.util, package java.util is not yours"
  })
  void refusesNamesThatCantBe(String name, String packageName, String reason) {
    assertThatThrownBy(() -> ProjectNames.ofModule(name, packageName))
        .isInstanceOf(CliException.class)
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @CsvSource({
    "2nd, no project can be made for a plan 2nd",
    "../v2, no project can be made for a plan ../v2",
    "new, no project can be made for a plan new",
    "genesis, no plan may take it"
  })
  void refusesPlansThatCantBe(String plan, String reason) {
    assertThatThrownBy(() -> ProjectNames.identifier(plan))
        .isInstanceOf(CliException.class)
        .hasMessageContaining(reason);
  }
}
