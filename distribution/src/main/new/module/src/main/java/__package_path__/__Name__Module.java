package __package__;

import __package__.proto.Entry;
import __package__.proto.MsgSign;
import __package__.proto.QueryEntriesRequest;
import __package__.proto.QueryEntriesResponse;
import __package__.proto.__Name__Proto;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.SdkErrors;
import io.segue.bundles.sdk.module.AppModule;
import io.segue.bundles.sdk.proto.base.PageResponse;
import io.segue.bundles.sdk.service.Services;
import io.segue.bundles.sdk.state.Keys;
import io.segue.bundles.sdk.state.Prefix;
import io.segue.bundles.sdk.state.Range;
import io.segue.bundles.sdk.state.Sequence;
import io.segue.bundles.sdk.state.Table;
import io.segue.bundles.sdk.state.Values;
import io.segue.kernel.api.abci.Abci.Event;
import io.segue.kernel.api.module.Context;
import java.nio.charset.StandardCharsets;

/** A guest book. Keeps nothing between calls: the fields say what its store {@code __name__} has. */
final class __Name__Module extends AppModule {
  static final String NAME = "__name__";
  static final int MAX_TEXT_BYTES = 140;

  private final Sequence next = schema.sequence("next", Prefix.of(0));
  private final Table<Long, Entry> entries =
      schema.table("entries", Prefix.of(1), Keys.u64(), Values.proto(Entry.getDefaultInstance()));
  private final Services services;

  __Name__Module(Addresses addresses) {
    super(NAME);
    services =
        Services.of(addresses, __Name__Proto.getDescriptor())
            .message(MsgSign.getDefaultInstance())
            .check(__Name__Module::check)
            .handle(this::sign)
            .query(
                QueryEntriesRequest.getDefaultInstance(),
                QueryEntriesResponse.getDefaultInstance(),
                this::entries)
            .build();
  }

  @Override
  protected Services services() {
    return services;
  }

  /** Raise it when the layout of the state changes, and give the step in {@code migrations()}. */
  @Override
  public long consensusVersion() {
    return 1;
  }

  private static void check(Context context, MsgSign message) {
    int bytes = message.getText().getBytes(StandardCharsets.UTF_8).length;
    if (bytes == 0 || bytes > MAX_TEXT_BYTES) {
      throw SdkErrors.invalidRequest(
          "text has " + bytes + " bytes, it must be from 1 to " + MAX_TEXT_BYTES);
    }
  }

  private void sign(Context context, MsgSign message) {
    Entry entry =
        Entry.newBuilder().setAuthor(message.getAuthor()).setText(message.getText()).build();
    entries.set(context.store(), next.next(context.store()), entry);
    context.emit(Event.of("sign", "author", message.getAuthor()));
  }

  /** A page, since nobody knows how many entries there will be. */
  private QueryEntriesResponse entries(Context context, QueryEntriesRequest request) {
    QueryEntriesResponse.Builder answer = QueryEntriesResponse.newBuilder();
    PageResponse page =
        entries.page(
            context.store(),
            Range.all(),
            request.getPagination(),
            (number, entry) -> answer.addEntries(entry));
    return answer.setPagination(page).build();
  }
}
