package io.segue.bundles.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.segue.bundles.cli.chain.ChainInfo;
import io.segue.bundles.cli.chain.GovernanceClient;
import io.segue.bundles.cli.chain.NodeClient;
import io.segue.bundles.cli.chain.Signer;
import io.segue.bundles.cli.chain.SignerFields;
import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.cli.init.NewHome;
import io.segue.bundles.cli.keyring.Key;
import io.segue.bundles.cli.keyring.Keyring;
import io.segue.bundles.cli.testnet.LocalNodes;
import io.segue.bundles.nodes.ArtifactServer;
import io.segue.bundles.nodes.Distribution;
import io.segue.bundles.nodes.NodeProcess;
import io.segue.bundles.nodes.NodeShell;
import io.segue.bundles.nodes.Waiting;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Coins;
import io.segue.bundles.sdk.proto.gov.MsgSubmitProposal;
import io.segue.bundles.sdk.proto.gov.ProposalStatus;
import io.segue.bundles.sdk.proto.gov.VoteOption;
import io.segue.bundles.sdk.proto.upgrade.Plan;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The demo: a node under load, whose chain decides to upgrade to plan v2 and does so; then a vetoed
 * proposal, whose deposit the carried-over gov burns through the new bank. What it tells it also
 * checks.
 */
final class Demo {
  static final String CHAIN_ID = "segue-demo";
  static final String PLAN = "v2";
  static final int SENDERS = 4;
  static final Duration BLOCK_INTERVAL = Duration.ofMillis(500);
  static final Duration VOTING_PERIOD = Duration.ofSeconds(4);

  /** Longer for each validator beside the first: they share this machine. */
  static final Duration MORE_VOTES = Duration.ofSeconds(2);

  /** Fewest blocks between the end of the vote and the plan's height: time to fetch and prepare. */
  static final long PREPARATION_BLOCKS = 12;

  /** Blocks until the vote has begun: one each for proposal, deposit, vote. */
  static final int SUBMISSION_BLOCKS = 4;

  static final Coins MIN_DEPOSIT = Coins.of("stake", 10_000_000);
  static final Coins FIRST_DEPOSIT = Coins.of("stake", 1_000_000);
  static final Coins FUNDS = Coins.of("stake", 1_000_000_000);

  private static final Duration VOTE_LIMIT = Duration.ofSeconds(60);
  private static final Duration COMMIT_LIMIT = Duration.ofSeconds(30);

  private final LocalNodes nodes;
  private final DemoLog story;
  private final Checks checks = new Checks();
  private final Addresses addresses = new Addresses(Addresses.DEFAULT_PREFIX);
  private final Keyring keyring;
  private final NodeClient node;
  private final Duration votingPeriod;

  /** A demo on nodes that are not yet made. */
  Demo(LocalNodes nodes, DemoLog story) {
    this.nodes = nodes;
    this.story = story;
    this.keyring = keyring(0);
    this.node = nodes.client();
    this.votingPeriod = VOTING_PERIOD.plus(MORE_VOTES.multipliedBy(nodes.count() - 1L));
  }

  /** Makes and starts the nodes; the caller stops them. */
  void start() {
    NewHome newHome = nodes.chain().governance(votingPeriod, MIN_DEPOSIT);
    for (String name : names()) {
      Key key = Key.ofMnemonic(Key.newMnemonic());
      keyring.add(name, key, new char[0]);
      newHome.account(key.address(addresses), FUNDS);
    }
    nodes.start(newHome);
    story.tell(
        "segue %s: %d funded accounts and %s in %s; %d ms between blocks, votes of %d s",
        nodes.count() == 1 ? "init" : "testnet init",
        names().size(),
        nodes.count() == 1 ? "one validator" : nodes.count() + " validators",
        nodes.homes().get(0).folder(),
        BLOCK_INTERVAL.toMillis(),
        votingPeriod.toSeconds());
  }

  /** Runs the story on the started nodes. */
  DemoReport run() {
    NodeProcess process = nodes.first();
    Duration started =
        process.await(
            "reach height 1",
            () -> node.hasReached(1),
            NodeProcess.START_LIMIT.multipliedBy(nodes.count()));
    story.tell(
        "segue start: process %d, JSON-RPC at %s, block 1 after %.1f s",
        process.pid(), node.uri(), started.toMillis() / 1000.0);
    NodeShell shell = nodes.shell(0);
    Load load = new Load(node, signers());
    load.start();
    story.tell(
        "clients: %d senders of signed transfers, %d a second; %d queries a second",
        SENDERS, SENDERS * 1000 / Load.TRANSFER_PERIOD_MS, 2 * 1000 / Load.QUERY_PERIOD_MS);
    try (ArtifactServer server = new ArtifactServer(Distribution.upgrade(PLAN))) {
      JsonNode before = shell.ask("node:status");
      GovernanceClient governance = new GovernanceClient(node, signer("proposer"), validators());
      long preparation = preparationBlocks(shell, server);
      proposeUpgrade(governance, server, preparation);
      UpgradeWatch watch = new UpgradeWatch(shell, process, story);
      watch.awaitFirstBlock(BLOCK_INTERVAL.multipliedBy(preparation * nodes.count()));
      story.tell("clients were served throughout");
      new GenerationList(shell.ask("upgrade:generations")).tell(story, checks);
      BigInteger burned = vetoProposal(governance);
      return finish(process, shell, load, governance, before, watch.readyHeight(), burned);
    }
  }

  /** Blocks for the preparation: as long as checking the same bundles, cold, takes this machine. */
  private long preparationBlocks(NodeShell shell, ArtifactServer server) {
    story.tell(
        "the upgrade is published: %s, %.1f MB, sha256 %s",
        server.url(), server.sizeBytes() / 1e6, server.sha256());
    long beginNs = System.nanoTime();
    shell.ask("upgrade:check '" + server.boundUrl() + "'");
    Duration checked = Duration.ofNanos(System.nanoTime() - beginNs);
    story.tell("upgrade:check finds nothing against it, in %.1f s", checked.toMillis() / 1000.0);
    return Math.max(PREPARATION_BLOCKS, checked.dividedBy(BLOCK_INTERVAL) * nodes.count());
  }

  private void proposeUpgrade(
      GovernanceClient governance, ArtifactServer server, long preparation) {
    long votingBlocks = votingPeriod.dividedBy(BLOCK_INTERVAL);
    long height = node.height() + SUBMISSION_BLOCKS + votingBlocks + preparation;
    long proposal =
        governance.submitUpgrade(
            Plan.newBuilder().setName(PLAN).setHeight(height).setInfo(server.info()).build(),
            "Upgrade to " + PLAN,
            "Bank 2.0 burns a share of each fee; a fee market arrives.",
            FIRST_DEPOSIT);
    story.tell("proposal %d: MsgSoftwareUpgrade %s at height %d", proposal, PLAN, height);
    governance.deposit(proposal, MIN_DEPOSIT.minus(FIRST_DEPOSIT));
    governance.vote(proposal, VoteOption.VOTE_OPTION_YES);
    story.tell("proposal %d: %s deposited, the validator votes yes", proposal, MIN_DEPOSIT);
    ProposalStatus end = governance.awaitEnd(proposal, VOTE_LIMIT);
    if (end != ProposalStatus.PROPOSAL_STATUS_PASSED) {
      throw new CliException(
          "the proposal ended as " + end + ": " + governance.proposal(proposal).getFailedReason());
    }
    story.tell(
        "proposal %d passed: the plan is scheduled, at height %d now", proposal, node.height());
  }

  /** Gov 1.0, carried over, burns a deposit through bank 2.0. */
  private BigInteger vetoProposal(GovernanceClient governance) {
    long from = node.height();
    long proposal =
        governance.submit(
            MsgSubmitProposal.newBuilder()
                .setTitle("Something nobody wants")
                .setSummary("It is there to be vetoed.")
                .setMetadata("none")
                .addAllInitialDeposit(MIN_DEPOSIT.toProto()));
    governance.vote(proposal, VoteOption.VOTE_OPTION_NO_WITH_VETO);
    story.tell(
        "proposal %d under the new code: %s deposited, the validator vetoes",
        proposal, MIN_DEPOSIT);
    ProposalStatus end = governance.awaitEnd(proposal, VOTE_LIMIT);
    checks.that(
        end == ProposalStatus.PROPOSAL_STATUS_REJECTED, "the vetoed proposal ended as " + end);
    BurnedCoins burns = BurnedCoins.ofVoteEnd(node, proposal, from, SignerFields.governance());
    ChainInfo chain = new ChainInfo(node);
    BigInteger supplyBefore = chain.supply("stake", burns.height() - 1);
    BigInteger supplyAfter = chain.supply("stake", burns.height());
    story.tell(
        "proposal %d rejected at height %d: gov 1.0, carried over, burned %sstake through bank 2.0",
        proposal, burns.height(), burns.deposit());
    story.tell(
        "supply %s -> %s: the deposit, and %s of fees burned by the new rule in that block",
        supplyBefore, supplyAfter, burns.total().subtract(burns.deposit()));
    checks.that(
        burns.deposit().equals(MIN_DEPOSIT.amountOf("stake")),
        "gov burned " + burns.deposit() + "stake, not the deposit");
    checks.that(
        supplyBefore.subtract(supplyAfter).equals(burns.total()),
        "the supply fell by " + supplyBefore.subtract(supplyAfter) + ", burned " + burns.total());
    return burns.deposit();
  }

  private DemoReport finish(
      NodeProcess process,
      NodeShell shell,
      Load load,
      GovernanceClient governance,
      JsonNode before,
      long readyHeight,
      BigInteger burned) {
    load.stopTransfers();
    boolean allCommitted =
        Waiting.until(
                COMMIT_LIMIT,
                () -> load.committed() ? Optional.of(true) : Optional.<Boolean>empty())
            .isPresent();
    load.stopQueries();
    JsonNode after = shell.ask("node:status");
    JsonNode upgrade = shell.ask("upgrade:status");
    CommittedTransactions committed = CommittedTransactions.upTo(node, node.height());
    long transfers = committed.good() - governance.transactions();
    UpgradeTimeline timeline = UpgradeTimeline.of(upgrade);
    long failed = load.transfers().failed() + load.queries().failed() + committed.failed().size();
    checks.that(allCommitted, "some transfers that the mempool took are in no block");
    checks.that(
        transfers == load.transfers().answered(),
        load.transfers().answered() + " transfers were taken, " + transfers + " are in blocks");
    checks.that(timeline.complete(), "the timeline lacks a step or is out of order: " + timeline);
    checks.that(before.path("pid").equals(after.path("pid")), "the process id changed");
    checks.that(after.path("pid").asLong() == process.pid(), "the node is another process");
    checks.that(
        after.path("uptimeMs").asLong() > before.path("uptimeMs").asLong(), "the node restarted");
    checks.that(after.path("generation").asText().equals(PLAN), "the code is not that of " + PLAN);
    checks.that(
        !upgrade.path("rootBefore").equals(upgrade.path("rootAfter")), "the roots are equal");
    long agreed = nodes.count() == 1 ? 0 : compareNodes(upgrade);
    List<String> failures = new ArrayList<>(checks.failed());
    failures.addAll(load.transfers().failures());
    failures.addAll(load.queries().failures());
    failures.addAll(committed.failed());
    return new DemoReport(
        before,
        after,
        upgrade,
        timeline,
        readyHeight,
        transfers,
        load.queries().answered(),
        failed,
        Math.max(load.queries().slowestMs(), load.transfers().slowestMs()),
        burned,
        agreed,
        failures);
  }

  /** Compares what the validators have; how many heights that was. */
  private long compareNodes(JsonNode upgrade) {
    long last = nodes.commonHeight();
    for (long height = 1; height <= last; height++) {
      JsonNode root = nodes.header(0, height).path("app_hash");
      for (int i = 1; i < nodes.count(); i++) {
        checks.that(
            nodes.header(i, height).path("app_hash").equals(root),
            "node" + i + " has another app hash in block " + height);
      }
    }
    for (int i = 0; i < nodes.count(); i++) {
      JsonNode status = nodes.shell(i).ask("node:status");
      checks.that(
          status.path("generation").asText().equals(PLAN), "node" + i + " does not run " + PLAN);
      checks.that(
          status.path("pid").asLong() == nodes.processes().get(i).pid(), "node" + i + " restarted");
    }
    long height = upgrade.at("/plan/height").asLong();
    long before = nodes.header(0, height).at("/version/app").asLong();
    long after = nodes.header(0, height + 1).at("/version/app").asLong();
    checks.that(after > before, "version.app did not rise at the plan's height");
    story.tell(
        "%d validators have the same app hash at each of %d heights; version.app %d -> %d",
        nodes.count(), last, before, after);
    return last;
  }

  /** The operators of the validators, each with the key of its home. */
  private Signer[] validators() {
    Signer[] validators = new Signer[nodes.count()];
    for (int i = 0; i < validators.length; i++) {
      validators[i] = signer(keyring(i), NewHome.VALIDATOR);
    }
    return validators;
  }

  private Keyring keyring(int ofNode) {
    return new Keyring(nodes.homes().get(ofNode).keys(), addresses);
  }

  private List<Signer> signers() {
    return names().stream().filter(name -> !name.equals("proposer")).map(this::signer).toList();
  }

  private Signer signer(String name) {
    return signer(keyring, name);
  }

  private Signer signer(Keyring from, String name) {
    return new Signer(from.key(name), CHAIN_ID, new ChainInfo(node));
  }

  private static List<String> names() {
    List<String> names = new ArrayList<>();
    names.add("proposer");
    for (int i = 1; i <= SENDERS; i++) {
      names.add("sender" + i);
    }
    return names;
  }
}
