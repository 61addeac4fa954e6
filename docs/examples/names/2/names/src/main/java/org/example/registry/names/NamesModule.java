package org.example.registry.names;

import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.SdkErrors;
import io.segue.bundles.sdk.Times;
import io.segue.bundles.sdk.module.AppModule;
import io.segue.bundles.sdk.proto.base.PageResponse;
import io.segue.bundles.sdk.service.Services;
import io.segue.bundles.sdk.state.IndexedTable;
import io.segue.bundles.sdk.state.KeySet;
import io.segue.bundles.sdk.state.Keys;
import io.segue.bundles.sdk.state.Pair;
import io.segue.bundles.sdk.state.PairKey;
import io.segue.bundles.sdk.state.Prefix;
import io.segue.bundles.sdk.state.Range;
import io.segue.bundles.sdk.state.Values;
import io.segue.kernel.api.abci.Abci.Event;
import io.segue.kernel.api.abci.Abci.ValidatorUpdate;
import io.segue.kernel.api.module.Context;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.example.registry.names.proto.MsgRegister;
import org.example.registry.names.proto.MsgRegisterResponse;
import org.example.registry.names.proto.MsgTransfer;
import org.example.registry.names.proto.NamesProto;
import org.example.registry.names.proto.QueryNameRequest;
import org.example.registry.names.proto.QueryNameResponse;
import org.example.registry.names.proto.QueryNamesOfRequest;
import org.example.registry.names.proto.QueryNamesOfResponse;
import org.example.registry.names.proto.QueryNamesRequest;
import org.example.registry.names.proto.QueryNamesResponse;
import org.example.registry.names.proto.Registration;

/** Names that accounts register for a time. */
final class NamesModule extends AppModule {
  static final long MAX_SECONDS = 366 * 24 * 3600;

  /** How many names the end of a block frees; the others wait for the next one. */
  static final int MAX_EXPIRED_A_BLOCK = 100;

  private static final PairKey<Instant, String> EXPIRY = Keys.pair(Keys.time(), Keys.text());
  private static final PairKey<String, String> OWNED =
      Keys.pair(Keys.terminatedText(), Keys.text());

  private final IndexedTable<String, Registration> names =
      schema.indexedTable(
          "names", Prefix.of(0), Keys.text(), Values.proto(Registration.getDefaultInstance()));
  private final KeySet<Pair<Instant, String>> byExpiry =
      schema.keySet("by_expiry", Prefix.of(1), EXPIRY);
  private final KeySet<Pair<String, String>> byOwner =
      schema.keySet("by_owner", Prefix.of(2), OWNED);
  private final Services services;

  NamesModule(Addresses addresses) {
    super("names");
    names.index(byExpiry, (name, it) -> Optional.of(expiry(it)));
    names.index(byOwner, (name, it) -> Optional.of(Pair.of(it.getOwner(), name)));
    services =
        Services.of(addresses, NamesProto.getDescriptor())
            .message(MsgRegister.getDefaultInstance())
            .check(NamesModule::check)
            .answer(MsgRegisterResponse.getDefaultInstance(), this::register)
            .message(MsgTransfer.getDefaultInstance())
            .check((context, message) -> addresses.parseAccount(message.getTo()))
            .handle(this::transfer)
            .query(
                QueryNameRequest.getDefaultInstance(),
                QueryNameResponse.getDefaultInstance(),
                this::name)
            .query(
                QueryNamesRequest.getDefaultInstance(),
                QueryNamesResponse.getDefaultInstance(),
                this::names)
            .query(
                QueryNamesOfRequest.getDefaultInstance(),
                QueryNamesOfResponse.getDefaultInstance(),
                this::namesOf)
            .build();
  }

  @Override
  protected Services services() {
    return services;
  }

  /** Raise it when the layout of the state changes, and give the step in {@code migrations()}. */
  @Override
  public long consensusVersion() {
    return 2;
  }

  @Override
  public List<ValidatorUpdate> endBlock(Context context) {
    Range<Pair<Instant, String>> overdue = EXPIRY.through(context.time());
    for (var key : byExpiry.keys(context.store(), overdue, MAX_EXPIRED_A_BLOCK)) {
      names.remove(context.store(), key.second());
      context.emit(Event.of("expire", "name", key.second()));
    }
    return List.of();
  }

  @Override
  public Map<Long, Migration> migrations() {
    return Map.of(1L, context -> names.reindex(context.store()));
  }

  @Override
  public Map<String, Invariant> invariants() {
    return Map.of("keys", this::everyKeyIsItsName);
  }

  private static void check(Context context, MsgRegister message) {
    if (!message.getName().matches("[a-z0-9-]{3,32}")) {
      throw SdkErrors.invalidRequest("a name has 3 to 32 characters of a-z, 0-9 and -");
    }
    if (message.getSeconds() < 1 || message.getSeconds() > MAX_SECONDS) {
      throw SdkErrors.invalidRequest("seconds must be from 1 to " + MAX_SECONDS);
    }
  }

  private MsgRegisterResponse register(Context context, MsgRegister message) {
    Optional<Registration> before = names.rows().find(context.store(), message.getName());
    before.ifPresent(it -> requireOwner(it, message.getOwner()));
    Instant expires = context.time().plusSeconds(message.getSeconds());
    Registration after =
        Registration.newBuilder()
            .setName(message.getName())
            .setOwner(message.getOwner())
            .setExpires(Times.timestamp(expires))
            .build();
    names.replace(context.store(), message.getName(), before, Optional.of(after));
    context.emit(Event.of("register", "name", message.getName(), "owner", message.getOwner()));
    return MsgRegisterResponse.newBuilder().setExpires(after.getExpires()).build();
  }

  private void transfer(Context context, MsgTransfer message) {
    Registration before = find(context, message.getName());
    requireOwner(before, message.getOwner());
    Registration after = before.toBuilder().setOwner(message.getTo()).build();
    names.replace(context.store(), message.getName(), Optional.of(before), Optional.of(after));
    context.emit(Event.of("transfer", "name", message.getName(), "owner", message.getTo()));
  }

  private QueryNameResponse name(Context context, QueryNameRequest request) {
    return QueryNameResponse.newBuilder().setRegistration(find(context, request.getName())).build();
  }

  private QueryNamesResponse names(Context context, QueryNamesRequest request) {
    QueryNamesResponse.Builder answer = QueryNamesResponse.newBuilder();
    PageResponse page =
        names
            .rows()
            .page(
                context.store(),
                Range.all(),
                request.getPagination(),
                (name, registration) -> answer.addRegistrations(registration));
    return answer.setPagination(page).build();
  }

  private QueryNamesOfResponse namesOf(Context context, QueryNamesOfRequest request) {
    QueryNamesOfResponse.Builder answer = QueryNamesOfResponse.newBuilder();
    PageResponse page =
        byOwner.page(
            context.store(),
            OWNED.startingWith(request.getOwner()),
            request.getPagination(),
            owned -> answer.addNames(owned.second()));
    return answer.setPagination(page).build();
  }

  private Registration find(Context context, String name) {
    return names
        .rows()
        .find(context.store(), name)
        .orElseThrow(() -> SdkErrors.notFound("nobody has the name " + name));
  }

  private static void requireOwner(Registration it, String owner) {
    if (!it.getOwner().equals(owner)) {
      throw SdkErrors.unauthorized(it.getOwner() + " has the name " + it.getName());
    }
  }

  private static Pair<Instant, String> expiry(Registration it) {
    return Pair.of(Times.instant(it.getExpires()), it.getName());
  }

  /** A genesis could say otherwise. */
  private Optional<String> everyKeyIsItsName(Context context) {
    List<String> wrong = new ArrayList<>();
    names
        .rows()
        .forEach(
            context.store(),
            Range.all(),
            (name, it) -> {
              if (!name.equals(it.getName())) {
                wrong.add(name + " is the key of " + it.getName());
              }
            });
    return wrong.stream().findFirst();
  }
}
