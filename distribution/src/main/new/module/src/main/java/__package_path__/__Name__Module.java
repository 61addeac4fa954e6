package __package__;

import __package__.proto.Entry;
import __package__.proto.GenesisState;
import __package__.proto.MsgSign;
import __package__.proto.QueryEntriesRequest;
import __package__.proto.QueryEntriesResponse;
import __package__.proto.__Name__Proto;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.DescriptorSets;
import io.segue.bundles.sdk.GenesisJson;
import io.segue.bundles.sdk.Pages;
import io.segue.bundles.sdk.Proto;
import io.segue.bundles.sdk.SdkErrors;
import io.segue.bundles.sdk.proto.base.PageResponse;
import io.segue.kernel.api.abci.Abci.Event;
import io.segue.kernel.api.abci.Abci.ValidatorUpdate;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.KVIterator;
import io.segue.kernel.api.module.KVStore;
import io.segue.kernel.api.module.MessageHandler;
import io.segue.kernel.api.module.Module;
import io.segue.kernel.api.module.QueryHandler;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A guest book. Keeps nothing between calls; its store {@code __name__} has
 *
 * <pre>
 * 00                       how many entries there are, 8 bytes
 * 01 | number, 8 bytes     an Entry
 * </pre>
 */
final class __Name__Module implements Module {
  static final String NAME = "__name__";
  static final int MAX_TEXT_BYTES = 140;

  private static final byte[] COUNT = {0};
  private static final byte ENTRY = 1;
  private static final byte[] EMPTY = {};

  private final Addresses addresses;
  private final GenesisJson json = GenesisJson.withTypes();

  __Name__Module(Addresses addresses) {
    this.addresses = addresses;
  }

  @Override
  public String name() {
    return NAME;
  }

  /** Raise it when the layout of the state changes, and give the step in {@code migrations()}. */
  @Override
  public long consensusVersion() {
    return 1;
  }

  @Override
  public byte[] descriptors() {
    return DescriptorSets.of(__Name__Proto.getDescriptor());
  }

  @Override
  public Map<String, MessageHandler> messages() {
    return Map.of("/__name__.v1.MsgSign", new SignHandler());
  }

  @Override
  public Map<String, QueryHandler> queries() {
    return Map.of("/__name__.v1.Query/Entries", __Name__Module::entries);
  }

  @Override
  public List<ValidatorUpdate> initGenesis(Context context, byte[] genesis) {
    GenesisState start = json.parse(NAME, genesis, GenesisState.newBuilder()).build();
    start.getEntriesList().forEach(entry -> add(context.store(), entry));
    return List.of();
  }

  @Override
  public byte[] exportGenesis(Context context) {
    return json.printBytes(GenesisState.newBuilder().addAllEntries(all(context)).build());
  }

  /** A page, since nobody knows how many entries there will be. */
  private static byte[] entries(Context context, byte[] bytes) {
    QueryEntriesRequest request = Proto.request(QueryEntriesRequest.parser(), bytes);
    QueryEntriesResponse.Builder answer = QueryEntriesResponse.newBuilder();
    PageResponse page =
        Pages.of(
            context.store(),
            new byte[] {ENTRY},
            request.getPagination(),
            (number, entry) -> answer.addEntries(Proto.stored(Entry.parser(), entry)));
    return answer.setPagination(page).build().toByteArray();
  }

  private static List<Entry> all(Context context) {
    List<Entry> entries = new ArrayList<>();
    try (KVIterator found = context.store().prefix(new byte[] {ENTRY})) {
      while (found.next()) {
        entries.add(Proto.stored(Entry.parser(), found.value()));
      }
    }
    return entries;
  }

  private static void add(KVStore store, Entry entry) {
    byte[] count = store.get(COUNT);
    long number = count == null ? 0 : ByteBuffer.wrap(count).getLong();
    store.set(ByteBuffer.allocate(9).put(ENTRY).putLong(number).array(), entry.toByteArray());
    store.set(COUNT, ByteBuffer.allocate(8).putLong(number + 1).array());
  }

  /** Handles {@code MsgSign}. */
  private final class SignHandler implements MessageHandler {
    @Override
    public List<byte[]> signers(byte[] message) {
      return List.of(addresses.signer(Proto.parse(MsgSign.parser(), message).getAuthor()));
    }

    @Override
    public byte[] handle(Context context, byte[] message) {
      MsgSign sign = Proto.parse(MsgSign.parser(), message);
      int bytes = sign.getText().getBytes(StandardCharsets.UTF_8).length;
      if (bytes == 0 || bytes > MAX_TEXT_BYTES) {
        throw SdkErrors.invalidRequest(
            "text has " + bytes + " bytes, it must be from 1 to " + MAX_TEXT_BYTES);
      }
      Entry entry = Entry.newBuilder().setAuthor(sign.getAuthor()).setText(sign.getText()).build();
      add(context.store(), entry);
      context.emit(Event.of("sign", "author", sign.getAuthor()));
      return EMPTY;
    }
  }
}
