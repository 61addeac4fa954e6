package io.segue.bundles.cli.tx;

import io.segue.bundles.sdk.proto.signing.SignMode;
import picocli.CommandLine.Option;

/** The option {@code --sign-mode}. */
final class SignModes {
  /** What can be written after it. */
  enum Name {
    direct,
    aminoJson;

    @Override
    public String toString() {
      return this == direct ? "direct" : "amino-json";
    }
  }

  @Option(
      names = "--sign-mode",
      paramLabel = "direct|amino-json",
      converter = Converter.class,
      description =
          "What is signed: the transaction's bytes, or the JSON that hardware wallets show."
              + " Default: direct.")
  private Name name = Name.direct;

  SignMode mode() {
    return name == Name.direct ? SignMode.SIGN_MODE_DIRECT : SignMode.SIGN_MODE_LEGACY_AMINO_JSON;
  }

  /** Reads a name. */
  static final class Converter implements picocli.CommandLine.ITypeConverter<Name> {
    @Override
    public Name convert(String text) {
      for (Name name : Name.values()) {
        if (name.toString().equals(text)) {
          return name;
        }
      }
      throw new picocli.CommandLine.TypeConversionException(
          "'" + text + "' is no mode: write direct or amino-json");
    }
  }
}
