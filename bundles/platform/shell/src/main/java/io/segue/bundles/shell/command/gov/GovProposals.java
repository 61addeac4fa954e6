package io.segue.bundles.shell.command.gov;

import com.google.protobuf.InvalidProtocolBufferException;
import io.segue.bundles.shell.command.Answer;
import io.segue.bundles.shell.command.Arguments;
import io.segue.bundles.shell.command.CommandException;
import io.segue.bundles.shell.command.Fields;
import io.segue.bundles.shell.command.ModuleQuery;
import io.segue.bundles.shell.command.NodeAccess;
import io.segue.bundles.shell.command.ShellCommand;
import io.segue.bundles.shell.command.Suggestions;
import io.segue.bundles.shell.command.Usage;
import io.segue.bundles.shell.output.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.felix.service.command.CommandSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code gov:proposals}. */
@Component(
    service = ShellCommand.class,
    property = {"osgi.command.scope=gov", "osgi.command.function=proposals"})
public final class GovProposals extends ShellCommand {
  static final String PATH = "/cosmos.gov.v1.Query/Proposals";

  static final String NEXT = "module:versions shows whether this chain has gov";

  private static final String LIMIT = "--limit";
  private static final int DEFAULT_LIMIT = 20;

  private final ModuleQuery query;

  @Activate
  public GovProposals(@Reference NodeAccess access) {
    super(
        Usage.of("gov:proposals", "Lists the proposals of the chain, newest first.")
            .option(
                LIMIT,
                "<number>",
                "how many at most; default: " + DEFAULT_LIMIT,
                Suggestions.NONE));
    this.query = new ModuleQuery(access, PATH, NEXT);
  }

  @Override
  public Answer run(CommandSession session, Arguments arguments) throws CommandException {
    byte[] request = Proposal.newest(arguments.number(LIMIT).orElse(DEFAULT_LIMIT));
    Fields response = query.ask(request, 0);
    try {
      return answer(response.messages(1).stream().map(Proposal::new).toList());
    } catch (InvalidProtocolBufferException e) {
      throw query.unknownForm(e);
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
