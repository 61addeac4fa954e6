package io.segue.bundles.sdk.service;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.segue.bundles.sdk.proto.options.Msg;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The methods of a module's services, and which of them have no handler yet. A service has messages
 * where it has the option {@code cosmos.msg.v1.service} or the name {@code Msg}; any other one has
 * queries.
 */
final class Methods {
  private static final String MESSAGES = "Msg";
  private static final String RESPONSE = "Response";

  private final List<Method> all = new ArrayList<>();
  private final SortedMap<String, Method> left = new TreeMap<>();

  Methods(FileDescriptor... files) {
    for (FileDescriptor file : files) {
      for (ServiceDescriptor service : file.getServices()) {
        service.getMethods().forEach(method -> all.add(new Method(method)));
      }
    }
    all.forEach(method -> left.put(method.toString(), method));
  }

  /** The parser of a type. */
  @SuppressWarnings("unchecked") // the parser of a message gives messages of its type
  static <M extends Message> Parser<M> parser(M type) {
    return (Parser<M>) type.getParserForType();
  }

  /**
   * The method that takes a message.
   *
   * @throws IllegalArgumentException where there is none, or its response has another name than the
   *     kernel gives it
   */
  Method message(Message type) {
    Method method = find(type, true);
    String expected = type.getDescriptorForType().getFullName() + RESPONSE;
    if (!method.response().getFullName().equals(expected)) {
      throw new IllegalArgumentException(
          method
              + " returns "
              + method.response().getFullName()
              + ", but the response of a message is named after it: "
              + expected);
    }
    return method;
  }

  /**
   * The method that takes a request.
   *
   * @throws IllegalArgumentException where there is none
   */
  Method query(Message request) {
    return find(request, false);
  }

  /**
   * Notes that a method has its handler.
   *
   * @throws IllegalArgumentException where it has one already
   */
  void take(Method method) {
    if (left.remove(method.toString()) == null) {
      throw new IllegalArgumentException(method + " has two handlers: remove one");
    }
  }

  /**
   * Passes where every method has its handler.
   *
   * @throws IllegalArgumentException where some have none; names them
   */
  void requireNoneLeft() {
    if (!left.isEmpty()) {
      throw new IllegalArgumentException(
          "no handler for " + String.join(", ", left.keySet()) + ": add one for each method");
    }
  }

  private Method find(Message type, boolean message) {
    String name = type.getDescriptorForType().getFullName();
    List<Method> found =
        all.stream()
            .filter(method -> method.takesMessages() == message)
            .filter(method -> method.request().getFullName().equals(name))
            .toList();
    if (found.size() == 1) {
      return found.get(0);
    }
    String services = message ? "a service of messages" : "a service of queries";
    throw new IllegalArgumentException(
        found.isEmpty()
            ? "no method of "
                + services
                + " takes "
                + name
                + ": add it to the .proto file, and the file's descriptor to Services.of"
            : name + " is what " + found + " take: give each method a type of its own");
  }

  /** A method of a service. */
  record Method(MethodDescriptor descriptor) {
    boolean takesMessages() {
      ServiceDescriptor service = descriptor.getService();
      return service.getOptions().getExtension(Msg.service) || service.getName().equals(MESSAGES);
    }

    Descriptor request() {
      return descriptor.getInputType();
    }

    Descriptor response() {
      return descriptor.getOutputType();
    }

    String typeUrl() {
      return "/" + request().getFullName();
    }

    String path() {
      return "/" + descriptor.getService().getFullName() + "/" + descriptor.getName();
    }

    /**
     * Passes where this is the response.
     *
     * @throws IllegalArgumentException where it is not
     */
    void requireResponse(Message type) {
      String given = type.getDescriptorForType().getFullName();
      if (!response().getFullName().equals(given)) {
        throw new IllegalArgumentException(
            this + " returns " + response().getFullName() + ", its handler " + given);
      }
    }

    /**
     * Passes where the response has no fields.
     *
     * @throws IllegalArgumentException where it has
     */
    void requireEmptyResponse() {
      if (!response().getFields().isEmpty()) {
        throw new IllegalArgumentException(
            this
                + " returns "
                + response().getFullName()
                + ", which has fields: give its handler with answer instead of handle");
      }
    }

    /** Its full name, as {@code cosmos.bank.v1beta1.Msg.Send}. */
    @Override
    public String toString() {
      return descriptor.getFullName();
    }
  }
}
