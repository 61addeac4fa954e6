package io.segue.bundles.sdk.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Message;
import io.segue.bundles.sdk.proto.auth.MsgEnsureAccount;
import io.segue.bundles.sdk.proto.auth.MsgEnsureAccountResponse;
import io.segue.bundles.sdk.proto.auth.MsgEnsureModuleAccountResponse;
import io.segue.bundles.sdk.proto.auth.QueryHasAccountRequest;
import io.segue.bundles.sdk.proto.auth.QueryHasAccountResponse;
import io.segue.bundles.sdk.proto.base.Coin;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.ModuleException;
import io.segue.kernel.api.upgrade.UpgradeContext;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClientTest {
  private static final MsgEnsureAccount ENSURE = MsgEnsureAccount.getDefaultInstance();
  private static final QueryHasAccountRequest HAS = QueryHasAccountRequest.getDefaultInstance();

  private final Map<String, byte[]> answers = new HashMap<>();

  @Test
  void callsByTheNameOfTheMessage() {
    answer("/segue.auth.v1.MsgEnsureAccount", created());

    Client.of(context(Context.class)).call(ENSURE);
    assertThat(
            Client.of(context(Context.class))
                .call(ENSURE, MsgEnsureAccountResponse.getDefaultInstance()))
        .isEqualTo(created());
  }

  @Test
  void asksByThePathThatTheDescriptorHas() {
    answer("/segue.auth.v1.Query/HasAccount", exists());

    assertThat(
            Client.of(context(Context.class))
                .query(HAS, QueryHasAccountResponse.getDefaultInstance()))
        .isEqualTo(exists());
  }

  @Test
  void servesUpgradesToo() {
    answer("/segue.auth.v1.MsgEnsureAccount", created());
    answer("/segue.auth.v1.Query/HasAccount", exists());
    Client client = Client.of(context(UpgradeContext.class));

    assertThat(client.call(ENSURE, MsgEnsureAccountResponse.getDefaultInstance()).getCreated())
        .isTrue();
    assertThat(client.query(HAS, QueryHasAccountResponse.getDefaultInstance()).getExists())
        .isTrue();
  }

  @Test
  void refusesAResponseOfAnotherType() {
    Client client = Client.of(context(Context.class));

    assertThatThrownBy(
            () -> client.call(ENSURE, MsgEnsureModuleAccountResponse.getDefaultInstance()))
        .hasMessage(
            "the response of a message is named after it: segue.auth.v1.MsgEnsureAccountResponse,"
                + " not segue.auth.v1.MsgEnsureModuleAccountResponse");
    assertThatThrownBy(() -> client.query(HAS, Coin.getDefaultInstance()))
        .hasMessage(
            "no service in segue/auth/v1/internal.proto takes segue.auth.v1.QueryHasAccountRequest"
                + " and returns cosmos.base.v1beta1.Coin");
  }

  @Test
  void refusesAnAnswerThatDoesNotParse() {
    answers.put("/segue.auth.v1.Query/HasAccount", new byte[] {1});

    assertThatThrownBy(
            () ->
                Client.of(context(Context.class))
                    .query(HAS, QueryHasAccountResponse.getDefaultInstance()))
        .isInstanceOf(ModuleException.class);
  }

  private void answer(String path, Message answer) {
    answers.put(path, answer.toByteArray());
  }

  private static MsgEnsureAccountResponse created() {
    return MsgEnsureAccountResponse.newBuilder().setCreated(true).build();
  }

  private static QueryHasAccountResponse exists() {
    return QueryHasAccountResponse.newBuilder().setExists(true).build();
  }

  /** A context that only routes. */
  private <C> C context(Class<C> type) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> answers.get((String) arguments[0])));
  }
}
