package io.segue.bundles.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.kernel.api.module.ModuleException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressesTest {
  private static final String A = "cosmos19rl4cm2hmr8afy4kldpxz3fka4jguq0auqdal4";

  private final Addresses addresses = new Addresses("cosmos");

  @ParameterizedTest
  @CsvSource({
    "gov, cosmos10d07y265gmmuvt4z0w9aw880jnsr700j6zn9kn",
    "distribution, cosmos1jv65s3grqf6v6jl3dp4t6c9t9rk99cd88lyufl",
    "mint, cosmos1m3h30wlvsf8llruxtpukdvsy0km2kum8g38c8q",
    "fee_collector, cosmos17xpfvakm2amg962yls6f84z3kell8c5lserqta",
    "bonded_tokens_pool, cosmos1fl48vsnmsdzcv85q5d2q4z5ajdha8yu34mf0eh",
    "not_bonded_tokens_pool, cosmos1tygms3xhhs3yv487phx3dw4a95jn7t7lpm470r",
    "upgrade, cosmos10lheg7wgh3drep5frjuzj6wt7tluw0rnw5lse7"
  })
  void ofModulesComeFromTheirNames(String module, String address) {
    assertThat(addresses.account(Addresses.module(module))).isEqualTo(address);
  }

  @Test
  void haveAFormForOperators() {
    byte[] raw = addresses.parseAccount(A);
    String operator = addresses.operator(raw);
    assertThat(operator).isEqualTo("cosmosvaloper19rl4cm2hmr8afy4kldpxz3fka4jguq0ae5egnx");
    assertThat(addresses.parseOperator(operator)).isEqualTo(raw);
    assertThat(addresses.consensus(raw)).startsWith("cosmosvalcons1");
  }

  @Test
  void of32BytesAreReadToo() {
    byte[] raw = new byte[32];
    assertThat(addresses.parseAccount(addresses.account(raw))).isEqualTo(raw);
    String odd = addresses.account(new byte[21]);
    assertThatThrownBy(() -> addresses.parseAccount(odd)).hasMessageContaining("20 or 32 bytes");
  }

  @Test
  void ofAnotherPrefixAreRefused() {
    assertThatThrownBy(() -> new Addresses("upg").parseAccount(A))
        .hasMessage("hrp does not match bech32 prefix: expected 'upg' got 'cosmos'");
    assertThatThrownBy(() -> addresses.parseOperator(A)).hasMessageContaining("'cosmosvaloper'");
    assertThatThrownBy(() -> addresses.parseAccount(" "))
        .hasMessage("empty address string is not allowed");
  }

  @Test
  void thatAreMalformedGiveTheErrorOfTheirPlace() {
    assertThatThrownBy(() -> addresses.signer("cosmos1xyz"))
        .isInstanceOfSatisfying(
            ModuleException.class,
            e -> {
              assertThat(e.codespace()).isEqualTo("undefined");
              assertThat(e.code()).isEqualTo(1);
              assertThat(e.log()).isEqualTo("decoding bech32 failed: invalid separator index 6");
            });
    assertThatThrownBy(() -> addresses.member("invalid to address", "cosmos1xyz"))
        .isInstanceOfSatisfying(
            ModuleException.class,
            e -> {
              assertThat(e.code()).isEqualTo(7);
              assertThat(e.log())
                  .isEqualTo(
                      "invalid to address: decoding bech32 failed: invalid separator index 6:"
                          + " invalid address");
            });
  }
}
