package io.segue.kernel.core.exec;

import static io.segue.kernel.core.overlay.MapView.bytes;
import static io.segue.kernel.core.overlay.MapView.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.kernel.core.plan.PlanGenesis;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class AppStateTest {
  @Test
  void cutsOutEachMemberByteForByte() {
    AppState state =
        read(
            "\n{ \"bank\" :{\"a\":[1, {\"b\":\"}\"}] , \"c\":\"\u00e9\u20ac\ud83d\ude00\"}\t,"
                + "\"gov\":[ ],\"x\": \"te\\\"xt\" ,\"n\":-1.5e3, \"t\":true,\"z\":null }\n",
            "bank",
            "gov",
            "x",
            "n",
            "t",
            "z");
    assertThat(member(state, "bank"))
        .isEqualTo("{\"a\":[1, {\"b\":\"}\"}] , \"c\":\"\u00e9\u20ac\ud83d\ude00\"}");
    assertThat(member(state, "gov")).isEqualTo("[ ]");
    assertThat(member(state, "x")).isEqualTo("\"te\\\"xt\"");
    assertThat(member(state, "n")).isEqualTo("-1.5e3");
    assertThat(member(state, "t")).isEqualTo("true");
    assertThat(member(state, "z")).isEqualTo("null");
    assertThat(state.member("auth")).isEmpty();
    assertThat(state.upgrades()).isEqualTo(PlanGenesis.NONE);
  }

  @Test
  void cutsMembersThatAreLongerThanTheParsersBuffer() {
    String text = "\u00e9".repeat(100_000);
    AppState state =
        read("{\"bank\":{\"t\":\"" + text + "\"},\"gov\":\"" + text + "\"}", "bank", "gov");
    assertThat(member(state, "bank")).isEqualTo("{\"t\":\"" + text + "\"}");
    assertThat(member(state, "gov")).isEqualTo("\"" + text + "\"");
  }

  @Test
  void anEmptyAppStateHasNoMembers() {
    assertThat(read("").member("bank")).isEmpty();
    assertThat(read("{}").member("bank")).isEmpty();
  }

  @Test
  void refusesMembersThatNobodyReadsAndNamesTheKnownOnes() {
    assertThatThrownBy(() -> read("{\"bnak\":{},\"bank\":{}}", "bank", "gov"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "app_state has members that no module reads: [bnak]; the known ones: [bank, gov,"
                + " upgrade]");
  }

  @Test
  void refusesAMemberThatComesTwice() {
    assertThatThrownBy(() -> read("{\"bank\":{},\"bank\":{}}", "bank"))
        .hasMessage("app_state has the member bank twice");
  }

  @Test
  void refusesWhatIsNoObjectOrBroken() {
    assertThatThrownBy(() -> read("[]")).hasMessage("app_state must be a JSON object");
    assertThatThrownBy(() -> read("{\"bank\":{", "bank"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("app_state is broken: ")
        .hasMessageContaining("line: 1");
    assertThatThrownBy(() -> read("{} {}"))
        .hasMessage("something follows the JSON object of app_state");
  }

  @Test
  void refusesOtherEncodings() {
    assertThatThrownBy(() -> AppState.read("{\"bank\":{}}".getBytes(StandardCharsets.UTF_16BE)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("app_state must be UTF-8");
  }

  @Test
  void theMemberUpgradeIsThePlanStatesAndNoModules() {
    AppState state = read("{\"upgrade\":{\"protocol_version\":\"2\"}}");
    assertThat(state.member("upgrade")).isEmpty();
    assertThat(state.upgrades().protocolVersion()).isEqualTo(2);
  }

  private static AppState read(String json, String... modules) {
    AppState state = AppState.read(bytes(json));
    state.requireKnown(new TreeSet<>(List.of(modules)));
    return state;
  }

  private static String member(AppState state, String module) {
    return text(state.member(module).orElseThrow());
  }
}
