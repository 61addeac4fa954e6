package io.segue.bundles.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** The node's generations, as {@code upgrade:generations} lists them. */
record GenerationList(JsonNode answer) {
  private static final String GOV = "io.segue.bundles.gov";

  /** Tells what plan v2 brought and what it carried over, and checks that gov is carried over. */
  void tell(DemoLog story, Checks checks) {
    boolean govCarriedOver = false;
    for (JsonNode generation : answer.path("generations")) {
      List<String> fresh = new ArrayList<>();
      List<String> carried = new ArrayList<>();
      for (JsonNode bundle : generation.path("bundles")) {
        String name = bundle.path("symbolicName").asText();
        (bundle.path("carriedOver").asBoolean() ? carried : fresh)
            .add(shortName(name) + " " + bundle.path("version").asText());
        govCarriedOver |=
            generation.path("name").asText().equals(Demo.PLAN)
                && name.equals(GOV)
                && bundle.path("carriedOver").asBoolean();
      }
      story.tell(
          "generation %s (%s): %s%s",
          generation.path("name").asText(),
          generation.path("state").asText(),
          String.join(", ", fresh),
          carried.isEmpty() ? "" : "; carried over unchanged: " + String.join(", ", carried));
    }
    checks.that(govCarriedOver, "gov is not carried over into " + Demo.PLAN);
  }

  private static String shortName(String symbolicName) {
    return symbolicName
        .replace("io.segue.bundles.", "")
        .replace("io.segue.upgrade.handlers.", "handler ");
  }
}
