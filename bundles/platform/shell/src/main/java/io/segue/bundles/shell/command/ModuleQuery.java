package io.segue.bundles.shell.command;

import com.google.protobuf.InvalidProtocolBufferException;
import io.segue.kernel.api.abci.Abci.QueryRequest;
import io.segue.kernel.api.abci.Abci.QueryResponse;

/** A query of the application, by the code of the height that is asked. */
public final class ModuleQuery {
  private final NodeAccess access;
  private final String path;
  private final String next;

  /**
   * A query.
   *
   * @param next what to do where it is refused, as a sentence goes on behind a semicolon
   */
  public ModuleQuery(NodeAccess access, String path, String next) {
    this.access = access;
    this.path = path;
    this.next = next;
  }

  /**
   * The answer.
   *
   * @param height 0 for the last one
   * @throws CommandException with the refusal
   */
  public Fields ask(byte[] request, long height) throws CommandException {
    QueryResponse response =
        access.application().query(new QueryRequest(request, path, height, false));
    if (response.code() != 0) {
      throw new CommandException(
          "%s answers %s/%d: %s; %s"
              .formatted(path, response.codespace(), response.code(), response.log(), next));
    }
    try {
      return Fields.of(response.value());
    } catch (InvalidProtocolBufferException e) {
      throw unknownForm(e);
    }
  }

  /** For an answer that can't be read. */
  public CommandException unknownForm(InvalidProtocolBufferException e) {
    return new CommandException(
        path + " answers in a form that this shell does not know: " + e.getMessage());
  }
}
