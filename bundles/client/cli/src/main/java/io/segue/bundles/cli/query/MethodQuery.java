package io.segue.bundles.cli.query;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import io.segue.bundles.cli.chain.NodeTypes;
import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.cli.console.Output;
import io.segue.bundles.cli.module.MessageFields;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;

/** A command that asks a query of which only the descriptor is known. */
public final class MethodQuery implements Callable<Integer> {
  private static final String PAGE_REQUEST = "cosmos.base.query.v1beta1.PageRequest";

  private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);
  private final MethodDescriptor method;
  private final NodeTypes types;
  private final QueryOptions options = new QueryOptions();
  private final PageOptions page = new PageOptions();
  private final Optional<FieldDescriptor> pagination;
  private final MessageFields fields;

  private MethodQuery(String path, String name, MethodDescriptor method, NodeTypes types) {
    this.method = method;
    this.types = types;
    pagination =
        method.getInputType().getFields().stream()
            .filter(field -> field.getJavaType() == FieldDescriptor.JavaType.MESSAGE)
            .filter(field -> field.getMessageType().getFullName().equals(PAGE_REQUEST))
            .findFirst();
    spec.name(name);
    spec.mixinStandardHelpOptions(true);
    spec.addMixin("query", CommandSpec.forAnnotatedObject(options));
    if (pagination.isPresent()) {
      spec.addMixin("page", CommandSpec.forAnnotatedObject(page));
    }
    fields =
        new MessageFields(
            spec,
            method.getInputType(),
            types.types().json(),
            pagination.map(Set::of).orElse(Set.of()),
            false);
    spec.usageMessage()
        .description("Asks " + method.getFullName() + ".")
        .footer("", ("Example: " + path + " " + name + " " + fields.example()).stripTrailing());
  }

  /**
   * The command.
   *
   * @param path of the commands above it, for its example
   */
  public static CommandSpec spec(
      String path, String name, MethodDescriptor method, NodeTypes types) {
    return new MethodQuery(path, name, method, types).spec;
  }

  @Override
  public Integer call() {
    ObjectNode filled = Output.object();
    pagination.ifPresent(field -> filled.set(field.getName(), page.json()));
    byte[] request = fields.read(filled, options.keyring()).toByteArray();
    byte[] answer =
        options.ask("/" + method.getService().getFullName() + "/" + method.getName(), request);
    try {
      options.output.print(
          spec.commandLine().getOut(),
          Output.read(types.types().json().print(method.getOutputType(), answer)));
    } catch (IllegalArgumentException e) {
      throw new CliException(method.getFullName() + " answers " + e.getMessage(), e);
    }
    return 0;
  }
}
