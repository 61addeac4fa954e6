package io.segue.bundles.shell.command;

import com.google.protobuf.InvalidProtocolBufferException;
import io.segue.bundles.shell.CommandException;
import io.segue.kernel.api.abci.Abci.QueryRequest;
import io.segue.kernel.api.abci.Abci.QueryResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code gov:proposals}. */
@Component(
    service = GovProposals.class,
    property = {"osgi.command.scope=gov", "osgi.command.function=proposals"})
public final class GovProposals extends ShellCommand {
  private static final String SUMMARY = "Lists the proposals of the chain, newest first.";
  private static final String PATH = "/cosmos.gov.v1.Query/Proposals";
  private static final String LIMIT = "--limit";
  private static final int DEFAULT_LIMIT = 20;

  private final NodeAccess access;

  @Activate
  public GovProposals(@Reference NodeAccess access) {
    super(
        new Usage(
            "gov:proposals",
            SUMMARY,
            "",
            Map.of(LIMIT, "how many at most; " + DEFAULT_LIMIT + " unless told")));
    this.access = access;
  }

  /** The command. */
  @Descriptor(SUMMARY)
  public void proposals(CommandSession session, String... words) throws CommandException {
    execute(session, words);
  }

  @Override
  Answer run(CommandSession session, Arguments arguments) throws CommandException {
    byte[] request = Proposal.newest(arguments.number(LIMIT).orElse(DEFAULT_LIMIT));
    QueryResponse response = access.application().query(new QueryRequest(request, PATH, 0, false));
    if (response.code() != 0) {
      throw new CommandException(
          "%s answers %s/%d: %s"
              .formatted(PATH, response.codespace(), response.code(), response.log()));
    }
    try {
      return answer(Proposal.list(response.value()));
    } catch (InvalidProtocolBufferException e) {
      throw new CommandException(
          PATH + " answers in a form that this shell does not know: " + e.getMessage());
    }
  }

  private static Answer answer(List<Proposal> proposals) throws InvalidProtocolBufferException {
    List<Object> json = new ArrayList<>();
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("ID", "STATUS", "ENDS", "MESSAGES", "TITLE"));
    for (Proposal proposal : proposals) {
      json.add(proposal.json());
      List<String> types = proposal.messages().stream().map(GovProposals::simpleName).toList();
      rows.add(
          List.of(
              "" + proposal.id(),
              proposal.status(),
              proposal.ends(),
              String.join(", ", types),
              proposal.title()));
    }
    return new Answer(
        Map.of("proposals", json),
        proposals.isEmpty() ? "There are no proposals.\n" : Text.table("", rows));
  }

  private static String simpleName(String typeUrl) {
    return typeUrl.substring(typeUrl.lastIndexOf('.') + 1);
  }
}
