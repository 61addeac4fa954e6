// A program that stays connected while the chain upgrades itself:
//   node upgrade.mjs <RPC URL> <WebSocket URL> <version of CosmJS> <name of the plan> <blocks ahead>
// It proposes the plan and votes for it, sends a transfer after the other before, during and after the switch,
// and hears of every block and of each of its transfers by one WebSocket. Others must vote, too, for the plan to pass.
// The keys in common.mjs must have stake. One line for each check; exit status 1 where one fails.
import { MsgSoftwareUpgrade } from "cosmjs-types/cosmos/upgrade/v1beta1/tx.js";
import { QueryClientImpl as UpgradeQueries } from "cosmjs-types/cosmos/upgrade/v1beta1/query.js";
import { attribute, check, coins, committed, end, expect, fee, open, within } from "./common.mjs";

const [url, socketUrl, version, planName, ahead] = process.argv.slice(2);
const after = 8;
const { direct, ledger, stargate, accounts } = await open(version, url);
const listener = await open(version, socketUrl);
const [a, b] = accounts.map((account) => account.address);
const gov = "cosmos10d07y265gmmuvt4z0w9aw880jnsr700j6zn9kn";

const blocks = [];
const txs = [];
const lost = [];
let reached = () => {};
let awaited = Infinity;
const comet = listener.direct.getCometClient();
const listen = (stream, next) =>
  stream.subscribe({ next, error: (e) => lost.push(String(e)), complete: () => lost.push("the stream ended") });
listen(comet.subscribeNewBlock(), (event) => {
  blocks.push(event.header.height);
  if (event.header.height >= awaited) {
    reached();
  }
});
listen(comet.subscribeTx(`message.sender='${a}' AND message.action='/cosmos.bank.v1beta1.MsgSend'`), (event) => {
  txs.push({ hash: Buffer.from(event.hash).toString("hex").toUpperCase(), height: event.height });
});
const heardOf = (height) =>
  within(
    new Promise((resolve) => {
      awaited = height;
      reached = resolve;
      if (blocks.at(-1) >= height) {
        resolve();
      }
    }),
    `block ${height}`,
  );

const plan = await direct.getHeight().then((height) => height + Number(ahead));
await check("proposal and vote", async () => {
  const message = {
    authority: gov,
    plan: { name: planName, time: { seconds: -62135596800n, nanos: 0 }, height: BigInt(plan), info: "" },
  };
  const upgrade = {
    typeUrl: "/cosmos.upgrade.v1beta1.MsgSoftwareUpgrade",
    value: MsgSoftwareUpgrade.encode(MsgSoftwareUpgrade.fromPartial(message)).finish(),
  };
  const submit = {
    typeUrl: "/cosmos.gov.v1.MsgSubmitProposal",
    value: { messages: [upgrade], initialDeposit: coins(1000), proposer: a, metadata: "", title: "t", summary: "s" },
  };
  const submitted = committed(await direct.signAndBroadcast(a, [submit], { ...fee, gas: "600000" }));
  const proposalId = BigInt(attribute(submitted, "proposal_id"));
  const vote = { typeUrl: "/cosmos.gov.v1.MsgVote", value: { proposalId, voter: a, option: 1, metadata: "" } };
  committed(await direct.signAndBroadcast(a, [vote], fee));
});

const sent = [];
await check("transfers before, during and after the switch", async () => {
  while ((await direct.getHeight()) < plan + after) {
    const client = sent.length % 2 === 0 ? direct : ledger;
    const result = committed(await client.sendTokens(a, b, coins(1), fee));
    sent.push({ hash: result.transactionHash, height: result.height });
    expect((await direct.getBalance(b, "stake")).amount !== "0", "balance");
  }
  expect(sent.some((tx) => tx.height < plan), "no transfer before the switch");
  expect(sent.some((tx) => tx.height > plan), "no transfer after the switch");
});
await check("the plan was applied", async () => {
  const queries = new UpgradeQueries(stargate.createProtobufRpcClient(stargate.QueryClient.withExtensions(comet)));
  const { height } = await queries.AppliedPlan({ name: planName });
  expect(height === BigInt(plan), `applied at ${height}, planned for ${plan}`);
  expect((await queries.CurrentPlan({})).plan === undefined, "a plan is left");
});
await check("every block was heard of once, in order", async () => {
  await heardOf(plan + after + 1);
  expect(blocks[0] < plan, `the first was ${blocks[0]}`);
  expect(blocks.every((height, i) => height === blocks[0] + i), `blocks ${blocks}`);
});
await check("every transfer was heard of once, in order", async () => {
  expect(JSON.stringify(txs) === JSON.stringify(sent), `sent ${JSON.stringify(sent)}, heard ${JSON.stringify(txs)}`);
});
await check("no connection was lost", async () => {
  expect(lost.length === 0, lost.join("; "));
});
end();
