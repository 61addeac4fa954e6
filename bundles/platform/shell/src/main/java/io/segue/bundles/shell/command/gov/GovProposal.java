package io.segue.bundles.shell.command.gov;

import com.google.protobuf.InvalidProtocolBufferException;
import io.segue.bundles.shell.command.Answer;
import io.segue.bundles.shell.command.Arguments;
import io.segue.bundles.shell.command.CommandException;
import io.segue.bundles.shell.command.Fields;
import io.segue.bundles.shell.command.ModuleQuery;
import io.segue.bundles.shell.command.NodeAccess;
import io.segue.bundles.shell.command.ShellCommand;
import io.segue.bundles.shell.command.Suggestion;
import io.segue.bundles.shell.command.Usage;
import io.segue.bundles.shell.output.Text;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.felix.service.command.CommandSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code gov:proposal}. While a proposal is voted on its tally is that of the votes so far. */
@Component(
    service = ShellCommand.class,
    property = {"osgi.command.scope=gov", "osgi.command.function=proposal"})
public final class GovProposal extends ShellCommand {
  /** How many proposals are candidates for completion. */
  private static final long SUGGESTED = 50;

  private static final String PATH = "/cosmos.gov.v1.Query/Proposal";
  private static final String TALLY = "/cosmos.gov.v1.Query/TallyResult";

  private static final String NEXT = "gov:proposals lists what there is";

  private final NodeAccess access;

  @Activate
  public GovProposal(@Reference NodeAccess access) {
    super(
        Usage.of("gov:proposal", "Shows a proposal, with its votes as they stand.")
            .operand("<id>", GovProposal::newest));
    this.access = access;
  }

  @Override
  public Answer run(CommandSession session, Arguments arguments) throws CommandException {
    byte[] id = Fields.withNumber(1, arguments.positive("<id>", arguments.operand(0)));
    ModuleQuery query = new ModuleQuery(access, PATH, NEXT);
    try {
      Proposal proposal = new Proposal(query.ask(id, 0).message(1));
      Fields tally =
          proposal.inVotingPeriod()
              ? new ModuleQuery(access, TALLY, NEXT).ask(id, 0).message(1)
              : proposal.finalTally();
      return answer(proposal, Proposal.tally(tally));
    } catch (InvalidProtocolBufferException e) {
      throw query.unknownForm(e);
    }
  }

  private static Answer answer(Proposal proposal, Map<String, Object> tally)
      throws InvalidProtocolBufferException {
    Map<String, Object> json = new LinkedHashMap<>(proposal.json());
    json.put("tally", tally);
    Map<String, String> votes = new LinkedHashMap<>();
    tally.forEach((option, votesFor) -> votes.put(option, votesFor.toString()));
    return new Answer(
        Map.of("proposal", json),
        Text.pairs("", proposal.text()) + "votes\n" + Text.pairs("  ", votes));
  }

  /** The newest proposals, by id. */
  private static List<Suggestion> newest(NodeAccess access, Path directory, String typed)
      throws CommandException {
    try {
      List<Suggestion> found = new ArrayList<>();
      Fields answer =
          new ModuleQuery(access, GovProposals.PATH, GovProposals.NEXT)
              .ask(Proposal.newest(SUGGESTED), 0);
      for (Fields fields : answer.messages(1)) {
        Proposal proposal = new Proposal(fields);
        found.add(new Suggestion("" + proposal.id(), proposal.status() + " " + proposal.title()));
      }
      return found;
    } catch (InvalidProtocolBufferException e) {
      return List.of();
    }
  }
}
