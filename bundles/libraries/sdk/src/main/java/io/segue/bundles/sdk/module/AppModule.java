package io.segue.bundles.sdk.module;

import io.segue.bundles.sdk.service.Services;
import io.segue.bundles.sdk.state.Schema;
import io.segue.kernel.api.abci.Abci.ValidatorUpdate;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.MessageHandler;
import io.segue.kernel.api.module.Module;
import io.segue.kernel.api.module.QueryHandler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A module with one store, named as the module is. Its messages and queries are those of its {@link
 * Services}, its genesis is the one that follows from its {@link Schema}. Blocks, migrations and
 * invariants are those of {@link Module}.
 *
 * <p>As every module it keeps no state between calls: its fields are declarations.
 */
@ConsumerType
public abstract class AppModule implements Module {
  /** What its store holds; a subclass declares its collections in its fields. */
  protected final Schema schema = new Schema();

  private final String name;

  /**
   * A module.
   *
   * @param name see {@link Module#name}
   */
  protected AppModule(String name) {
    this.name = name;
  }

  /** What it answers to: the same at each call. */
  protected abstract Services services();

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final byte[] descriptors() {
    return services().descriptors();
  }

  @Override
  public final Map<String, MessageHandler> messages() {
    return services().messages();
  }

  @Override
  public final Map<String, QueryHandler> queries() {
    return services().queries();
  }

  @Override
  public List<ValidatorUpdate> initGenesis(Context context, byte[] genesisJson) {
    schema.importGenesis(context.store(), genesisJson);
    return List.of();
  }

  @Override
  public final byte[] exportGenesis(Context context) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    writeGenesis(context, out);
    return out.toByteArray();
  }

  @Override
  public final void exportGenesis(Context context, OutputStream out) throws IOException {
    try {
      writeGenesis(context, out);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /**
   * Writes what {@link #initGenesis} reads, entry by entry.
   *
   * @throws UncheckedIOException where the stream can't be written
   */
  protected void writeGenesis(Context context, OutputStream out) {
    schema.exportGenesis(context.store(), out);
  }

  @Override
  public Optional<String> describe(String store, byte[] key, byte[] value) {
    return schema.describe(key, value);
  }
}
