package io.segue.kernel.core.module;

import io.segue.kernel.api.module.Module;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;

/** A module in its {@link ModuleSet}, with what was read from it once. */
public final class RegisteredModule {
  private static final int ADDRESS_BYTES = 20;

  public final Module module;
  public final String name;

  /** Position among the modules sorted by name. */
  public final int index;

  public final List<String> stores;

  /** Number of the first of its stores; the others follow. */
  public final int firstStore;

  private final byte[] address;

  RegisteredModule(Module module, String name, int index, List<String> stores, int firstStore) {
    this.module = module;
    this.name = name;
    this.index = index;
    this.stores = stores;
    this.firstStore = firstStore;
    this.address = addressOf(name);
  }

  /** Raw address of the module's account. */
  public byte[] address() {
    return address.clone();
  }

  public boolean hasAddress(byte[] other) {
    return Arrays.equals(address, other);
  }

  private static byte[] addressOf(String name) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
      return Arrays.copyOf(digest, ADDRESS_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JDK lacks SHA-256", e);
    }
  }
}
