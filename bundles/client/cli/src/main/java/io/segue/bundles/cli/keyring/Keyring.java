package io.segue.bundles.cli.keyring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.cli.console.Output;
import io.segue.bundles.cli.console.OwnerFiles;
import io.segue.bundles.sdk.AccountKey;
import io.segue.bundles.sdk.Addresses;
import io.segue.kernel.api.module.ModuleException;
import io.segue.kernel.api.node.FailureText;
import java.io.Console;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Keys by name, one file each in {@code <home>/keys}, for their owner only:
 *
 * <pre>
 * {"name", "address", "publicKey": base64, "passphrase": true|false,
 *  "kdf": "PBKDF2WithHmacSHA256", "iterations": 600000, "salt": base64,
 *  "cipher": "AES/GCM/NoPadding", "iv": base64, "secret": base64}
 * </pre>
 *
 * <p>A key of others, or one that several hold, has its public key alone:
 *
 * <pre>
 * {"name", "address", "publicKeyAny": base64 of google.protobuf.Any}
 * </pre>
 *
 * <p>The secret is encrypted under the passphrase; a key made with {@code --no-passphrase} under an
 * empty one, which protects it from nobody who can read the file.
 */
public final class Keyring {
  /** Environment variable with the passphrase, for scripts. */
  public static final String PASSPHRASE = "SEGUE_PASSPHRASE";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final String PUBLIC_KEY_ANY = "publicKeyAny";
  private static final String KDF = "PBKDF2WithHmacSHA256";
  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final int ITERATIONS = 600_000;
  private static final int NO_PASSPHRASE_ITERATIONS = 1;
  private static final int KEY_BITS = 256;
  private static final int TAG_BITS = 128;
  private static final int SALT_BYTES = 16;
  private static final int IV_BYTES = 12;

  private final Path folder;
  private final Addresses addresses;

  public Keyring(Path folder, Addresses addresses) {
    this.folder = folder;
    this.addresses = addresses;
  }

  /** What a file tells without its passphrase. */
  public record Entry(
      String name, String address, AccountKey key, boolean passphrase, boolean secret) {}

  /** Keeps a key; {@code passphrase} empty where it has none. */
  public Entry add(String name, Key key, char[] passphrase) {
    prepare(name);
    byte[] salt = random(SALT_BYTES);
    byte[] iv = random(IV_BYTES);
    boolean protectedKey = passphrase.length > 0;
    int iterations = protectedKey ? ITERATIONS : NO_PASSPHRASE_ITERATIONS;
    ObjectNode json = Output.object();
    json.put("name", name);
    json.put("address", key.address(addresses));
    json.put("publicKey", key.publicKey());
    json.put("passphrase", protectedKey);
    json.put("kdf", KDF);
    json.put("iterations", iterations);
    json.put("salt", salt);
    json.put("cipher", CIPHER);
    json.put("iv", iv);
    json.put("secret", crypt(Cipher.ENCRYPT_MODE, passphrase, salt, iterations, iv, key.secret()));
    OwnerFiles.writeNew(file(name), json.toPrettyString() + "\n");
    return entry(json);
  }

  /** Keeps a public key alone. */
  public Entry addPublic(String name, AccountKey key) {
    prepare(name);
    ObjectNode json = Output.object();
    json.put("name", name);
    json.put("address", Key.address(key, addresses));
    json.put(PUBLIC_KEY_ANY, key.toAny().toByteArray());
    OwnerFiles.writeNew(file(name), json.toPrettyString() + "\n");
    return entry(json);
  }

  /**
   * Passes where a name is free.
   *
   * @throws CliException where a key has it
   */
  public void requireNew(String name) {
    if (has(name)) {
      throw new CliException("there is a key '" + name + "' already; choose another name");
    }
  }

  /** Deletes a key. */
  public void delete(String name) {
    entry(name);
    try {
      Files.delete(file(name));
    } catch (IOException e) {
      throw new CliException(file(name) + " can't be deleted: " + FailureText.of(e), e);
    }
  }

  /** Gives a key another name. */
  public Entry rename(String name, String newName) {
    JsonNode json = read(name);
    requireNew(newName);
    prepare(newName);
    ((ObjectNode) json).put("name", newName);
    OwnerFiles.writeNew(file(newName), json.toPrettyString() + "\n");
    delete(name);
    return entry(json);
  }

  private void prepare(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new CliException(
          "the name '" + name + "' is refused: 1 to 64 letters, digits, dashes and underscores");
    }
    OwnerFiles.makeFolder(folder);
  }

  public boolean has(String name) {
    return NAME.matcher(name).matches() && OwnerFiles.isThere(file(name));
  }

  public Entry entry(String name) {
    return entry(read(name));
  }

  public List<Entry> list() {
    List<Entry> entries = new ArrayList<>();
    if (OwnerFiles.isThere(folder)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.json")) {
        for (Path file : files) {
          entries.add(entry(Output.JSON.readTree(file.toFile())));
        }
      } catch (IOException e) {
        throw new CliException("the keys in " + folder + " can't be read: " + FailureText.of(e), e);
      }
    }
    entries.sort(java.util.Comparator.comparing(Entry::name));
    return entries;
  }

  /** The key itself, by its name or its address; asks for its passphrase where it has one. */
  public Key key(String nameOrAddress) {
    String name = name(nameOrAddress);
    JsonNode json = read(name);
    requireSecret(entry(json));
    char[] passphrase =
        json.path("passphrase").asBoolean() ? passphrase("Passphrase of " + name) : new char[0];
    try {
      return Key.ofSecret(
          crypt(
              Cipher.DECRYPT_MODE,
              passphrase,
              json.path("salt").binaryValue(),
              json.path("iterations").asInt(),
              json.path("iv").binaryValue(),
              json.path("secret").binaryValue()));
    } catch (IOException e) {
      throw new CliException(file(name) + " is damaged: " + e.getMessage(), e);
    }
  }

  private static void requireSecret(Entry entry) {
    if (entry.key() instanceof AccountKey.Multisig) {
      throw new CliException(
          "several hold the key '"
              + entry.name()
              + "': print the transaction with --generate-only, have holders sign it with"
              + " tx sign --multisig "
              + entry.name()
              + ", and put their signatures together with tx multisign");
    }
    if (!entry.secret()) {
      throw new CliException("of the key '" + entry.name() + "' only the public key is here");
    }
  }

  /** An address: of a key by its name, or as it is. */
  public String address(String nameOrAddress) {
    return has(nameOrAddress) ? entry(nameOrAddress).address() : nameOrAddress;
  }

  /** Reads a passphrase from the environment, else from the console. */
  public static char[] passphrase(String prompt) {
    String environment = System.getenv(PASSPHRASE);
    if (environment != null) {
      return environment.toCharArray();
    }
    Console console = System.console();
    char @Nullable [] typed = console == null ? null : console.readPassword("%s: ", prompt);
    if (typed == null || typed.length == 0) {
      throw new CliException("a passphrase is needed; type it on a terminal, or set " + PASSPHRASE);
    }
    return typed;
  }

  private String name(String nameOrAddress) {
    return list().stream()
        .filter(entry -> entry.address().equals(nameOrAddress))
        .findFirst()
        .map(Entry::name)
        .orElse(nameOrAddress);
  }

  private JsonNode read(String name) {
    if (!has(name)) {
      throw new CliException(
          "there is no key '" + name + "' in " + folder + "; see segue keys list");
    }
    try {
      return Output.JSON.readTree(file(name).toFile());
    } catch (IOException e) {
      throw new CliException(file(name) + " can't be read: " + FailureText.of(e), e);
    }
  }

  private static Entry entry(JsonNode json) {
    return new Entry(
        json.path("name").asText(),
        json.path("address").asText(),
        publicKey(json),
        json.path("passphrase").asBoolean(),
        json.has("secret"));
  }

  private static AccountKey publicKey(JsonNode json) {
    Base64.Decoder base64 = Base64.getDecoder();
    try {
      return json.has(PUBLIC_KEY_ANY)
          ? AccountKey.parse(Any.parseFrom(base64.decode(json.path(PUBLIC_KEY_ANY).asText())))
          : new AccountKey.Secp256k1(
              ByteString.copyFrom(base64.decode(json.path("publicKey").asText())));
    } catch (InvalidProtocolBufferException | IllegalArgumentException | ModuleException e) {
      throw new CliException(
          "the key '" + json.path("name").asText() + "' is damaged: " + e.getMessage(), e);
    }
  }

  private Path file(String name) {
    return folder.resolve(name + ".json");
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }

  private static byte[] crypt(
      int mode, char[] passphrase, byte[] salt, int iterations, byte[] iv, byte[] data) {
    try {
      byte[] key =
          SecretKeyFactory.getInstance(KDF)
              .generateSecret(new PBEKeySpec(passphrase, salt, iterations, KEY_BITS))
              .getEncoded();
      Cipher cipher = Cipher.getInstance(CIPHER);
      cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, iv));
      return cipher.doFinal(data);
    } catch (javax.crypto.AEADBadTagException e) {
      throw new CliException("the passphrase is wrong", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
