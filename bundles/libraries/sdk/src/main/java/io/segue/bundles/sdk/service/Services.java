package io.segue.bundles.sdk.service;

import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Message;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.DescriptorSets;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.MessageHandler;
import io.segue.kernel.api.module.ModuleException;
import io.segue.kernel.api.module.QueryException;
import io.segue.kernel.api.module.QueryHandler;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;

/**
 * What a module answers to: its protobuf services, with a method of the module for each of theirs.
 *
 * <pre>{@code
 * Services services =
 *     Services.of(addresses, NamesProto.getDescriptor())
 *         .message(MsgRegister.getDefaultInstance())
 *         .handle(this::register)
 *         .governed(MsgUpdateParams.getDefaultInstance())
 *         .check(Params::check)
 *         .handle(this::update)
 *         .query(
 *             QueryNameRequest.getDefaultInstance(),
 *             QueryNameResponse.getDefaultInstance(),
 *             this::name)
 *         .build();
 * }</pre>
 *
 * <p>All else comes from the descriptors: type URLs, paths, responses, and the signers, by the
 * option {@code cosmos.msg.v1.signer}. {@link Builder#build} refuses what does not fit together, so
 * a module with a method too few, too many or of another type is never made.
 *
 * <p>A message is parsed once for all that is done with it, and without the fields that its type
 * does not have: what is stored of it is known. Immutable.
 */
public final class Services {
  private final byte[] descriptors;
  private final SortedMap<String, MessageHandler> messages;
  private final SortedMap<String, QueryHandler> queries;

  private Services(Builder builder) {
    descriptors = DescriptorSets.of(builder.files);
    messages = Collections.unmodifiableSortedMap(new TreeMap<>(builder.messages));
    queries = Collections.unmodifiableSortedMap(new TreeMap<>(builder.queries));
  }

  /**
   * The services of a module.
   *
   * @param addresses of the generation, to read who signs
   * @param files every file with messages or services of the module; not those that they import
   */
  public static Builder of(Addresses addresses, FileDescriptor... files) {
    return new Builder(addresses, files);
  }

  /** For {@code Module.descriptors()}: the files with all that they import. */
  public byte[] descriptors() {
    return descriptors.clone();
  }

  /** For {@code Module.messages()}: the handlers by type URL. */
  public SortedMap<String, MessageHandler> messages() {
    return messages;
  }

  /** For {@code Module.queries()}: the handlers by path. */
  public SortedMap<String, QueryHandler> queries() {
    return queries;
  }

  /** Collects the methods of a module. Every method throws where one does not fit. */
  public static final class Builder {
    private final Addresses addresses;
    private final FileDescriptor[] files;
    private final Methods methods;
    private final SortedMap<String, MessageHandler> messages = new TreeMap<>();
    private final SortedMap<String, QueryHandler> queries = new TreeMap<>();

    private Builder(Addresses addresses, FileDescriptor... files) {
      this.addresses = addresses;
      this.files = files.clone();
      this.methods = new Methods(files);
    }

    /**
     * A message that users sign; the route goes on with what is done with it.
     *
     * @param type the type's default instance
     * @throws IllegalArgumentException where no service takes it or it names no signer
     */
    public <M extends Message> MessageRoute<M> message(M type) {
      return new MessageRoute<>(this, methods.message(type), type, Signers.of(addresses, type));
    }

    /**
     * A message that only governance sends, whose account is the one that signs; another one is
     * refused with gov/13. The message is checked when a proposal that carries it is submitted, and
     * again when it is executed.
     *
     * @param type the type's default instance
     * @throws IllegalArgumentException where no service takes it or it does not name one signer
     */
    public <M extends Message> MessageRoute<M> governed(M type) {
      return message(type).governedBy(new Governance<>(addresses, Signers.field(type)));
    }

    /**
     * A message that only modules send, which nobody signs and no transaction carries. Its size has
     * no limit.
     *
     * @param type the type's default instance
     * @throws IllegalArgumentException where no service takes it or it names a signer
     */
    public <M extends Message> MessageRoute<M> internal(M type) {
      Signers.requireNone(type);
      return new MessageRoute<>(this, methods.message(type), type, null);
    }

    /**
     * A query. Its answer may throw {@link QueryException}; {@link ModuleException} and {@link
     * IllegalArgumentException} are answered as the Cosmos SDK answers them.
     *
     * @param request the request type's default instance
     * @param response the response type's default instance
     * @throws IllegalArgumentException where no service has them
     */
    public <Q extends Message, A extends Message> Builder query(
        Q request, A response, BiFunction<Context, Q, A> answer) {
      return query(request, response, answer, false);
    }

    /** As {@link #query(Message, Message, BiFunction)}, for a query that only modules ask. */
    public <Q extends Message, A extends Message> Builder internalQuery(
        Q request, A response, BiFunction<Context, Q, A> answer) {
      return query(request, response, answer, true);
    }

    /**
     * The services.
     *
     * @throws IllegalArgumentException where a method of a service has no handler; names all
     */
    public Services build() {
      methods.requireNoneLeft();
      return new Services(this);
    }

    Builder add(Methods.Method method, MessageHandler handler) {
      methods.take(method);
      messages.put(method.typeUrl(), handler);
      return this;
    }

    private <Q extends Message, A extends Message> Builder query(
        Q request, A response, BiFunction<Context, Q, A> answer, boolean internal) {
      Methods.Method method = methods.query(request);
      method.requireResponse(response);
      methods.take(method);
      queries.put(method.path(), new TypedQuery<>(Methods.parser(request), answer, internal));
      return this;
    }
  }
}
