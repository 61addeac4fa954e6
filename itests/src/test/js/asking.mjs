// What wallets, explorers and governance pages ask, and the transactions of a proposal.
import { SoftwareUpgradeProposal } from "cosmjs-types/cosmos/upgrade/v1beta1/upgrade.js";
import { MsgSoftwareUpgrade } from "cosmjs-types/cosmos/upgrade/v1beta1/tx.js";
import { QueryClientImpl as UpgradeQueries } from "cosmjs-types/cosmos/upgrade/v1beta1/query.js";
import { QueryClientImpl as GovQueries } from "cosmjs-types/cosmos/gov/v1/query.js";
import { attribute, check, coins, committed, expect, fee, send } from "./common.mjs";

const gov = "cosmos10d07y265gmmuvt4z0w9aw880jnsr700j6zn9kn";
const nobody = "cosmos1qnk2n4nlkpw9xfqntladh74w6ujtulwn7j8za9";
const zeroTime = { seconds: -62135596800n, nanos: 0 };

export async function checkAsking(name, cosmjs) {
  const { stargate, direct, accounts } = cosmjs;
  const [a, b] = accounts.map((account) => account.address);
  const comet = direct.getCometClient();
  const queries = stargate.QueryClient.withExtensions(
    comet,
    stargate.setupAuthExtension,
    stargate.setupBankExtension,
    stargate.setupGovExtension,
    stargate.setupStakingExtension,
    stargate.setupTxExtension,
  );
  const rpc = stargate.createProtobufRpcClient(queries);
  const govQueries = new GovQueries(rpc);
  const upgradeQueries = new UpgradeQueries(rpc);
  const validator = async () => (await queries.staking.validators("BOND_STATUS_BONDED")).validators[0];
  const submit = async (messages) => {
    const result = committed(await direct.signAndBroadcast(a, messages, { ...fee, gas: "600000" }));
    return BigInt(attribute(result, "proposal_id"));
  };

  await check(`${name} heights and blocks`, async () => {
    const height = await direct.getHeight();
    const block = await direct.getBlock(height);
    expect(block.header.height === height && block.header.chainId === cosmjs.chainId, JSON.stringify(block.header));
    expect((await direct.getBlock()).header.height >= height, "the latest block is older");
    await comet.commit(height - 1);
    expect((await comet.blockchain(1, height)).blockMetas.length > 0, "no metas");
    expect((await comet.blockSearchAll({ query: `block.height=${height - 1}` })).totalCount === 1, "block search");
    expect((await comet.validatorsAll(height)).total === 1, "validators");
    expect((await comet.abciInfo()).lastBlockHeight >= height - 1, "abci_info");
    expect((await comet.genesis()).chainId === cosmjs.chainId, "genesis");
    await comet.health();
    await comet.numUnconfirmedTxs();
  });
  await check(`${name} accounts and balances`, async () => {
    expect((await direct.getAccount(a)).address === a, "account");
    expect((await direct.getAccount(nobody)) === null, "an account that does not exist");
    const balance = await direct.getBalance(a, "stake");
    expect((await direct.getAllBalances(a))[0].amount === balance.amount, "all balances");
    expect((await direct.getBalance(nobody, "stake")).amount === "0", "no balance");
    expect((await queries.bank.totalSupply()).supply.length > 0, "supply");
    await direct.getBalanceStaked(a);
    expect((await direct.getDelegation(nobody, (await validator()).operatorAddress)) === null, "no delegation");
  });
  await check(`${name} staking`, async () => {
    const operator = (await validator()).operatorAddress;
    expect((await queries.staking.validator(operator)).validator.operatorAddress === operator, "validator");
    expect((await queries.staking.params()).params.bondDenom === "stake", "params");
    expect(BigInt((await queries.staking.pool()).pool.bondedTokens) > 0n, "pool");
  });
  await check(`${name} transactions found`, async () => {
    const sent = committed(await direct.signAndBroadcast(a, [send(a, b, 3)], fee, "found"));
    const tx = await direct.getTx(sent.transactionHash);
    expect(tx.height === sent.height && tx.msgResponses.length === 1, "tx");
    expect((await direct.getTx("00".repeat(32))) === null, "an unknown hash");
    const byHeight = await direct.searchTx(`tx.height=${sent.height}`);
    expect(byHeight.some((found) => found.hash === tx.hash), "by height");
    const bySender = await direct.searchTx([{ key: "message.sender", value: a }]);
    expect(bySender.some((found) => found.hash === tx.hash), "by sender");
    expect((await queries.tx.getTx(tx.hash)).txResponse.txhash === tx.hash, "GetTx");
    const results = await comet.blockResults(sent.height);
    expect(results.results.length >= 1 && results.results[0].code === 0, "block results");
  });
  await check(`${name} proposals of both kinds`, async () => {
    const plan = { name: "never", time: zeroTime, height: 100000000n, info: "" };
    const upgrade = {
      typeUrl: "/cosmos.upgrade.v1beta1.MsgSoftwareUpgrade",
      value: MsgSoftwareUpgrade.encode(MsgSoftwareUpgrade.fromPartial({ authority: gov, plan })).finish(),
    };
    const content = {
      typeUrl: "/cosmos.upgrade.v1beta1.SoftwareUpgradeProposal",
      value: SoftwareUpgradeProposal.encode(
        SoftwareUpgradeProposal.fromPartial({ title: "t", description: "d", plan }),
      ).finish(),
    };
    const v1 = "/cosmos.gov.v1.";
    const proposal = { messages: [upgrade], initialDeposit: coins(500), proposer: a, title: "t", summary: "s" };
    const id = await submit([{ typeUrl: v1 + "MsgSubmitProposal", value: { metadata: "", ...proposal } }]);
    const legacy = { content, initialDeposit: coins(500), proposer: a };
    const legacyId = await submit([{ typeUrl: "/cosmos.gov.v1beta1.MsgSubmitProposal", value: legacy }]);
    const messages = [id, legacyId].flatMap((proposalId) => [
      { typeUrl: v1 + "MsgDeposit", value: { proposalId, depositor: a, amount: coins(500) } },
      { typeUrl: v1 + "MsgVote", value: { proposalId, voter: a, option: 1, metadata: "" } },
    ]);
    committed(await direct.signAndBroadcast(a, messages, { ...fee, gas: "900000" }));
    for (const proposalId of [id, legacyId]) {
      expect((await govQueries.Proposal({ proposalId })).proposal.status === 2, "status");
      expect((await govQueries.Vote({ proposalId, voter: a })).vote.options[0].option === 1, "vote");
      expect((await govQueries.Deposits({ proposalId })).deposits[0].depositor === a, "deposits");
      expect((await queries.gov.proposal(proposalId)).proposal.status === 2, "status in v1beta1");
      expect((await queries.gov.votes(proposalId)).votes.length === 1, "votes in v1beta1");
      await queries.gov.tally(proposalId);
    }
    expect((await queries.gov.params("voting")).votingParams !== undefined, "params in v1beta1");
    expect((await govQueries.Params({ paramsType: "tallying" })).params !== undefined, "params");
  });
  await check(`${name} upgrades`, async () => {
    expect((await upgradeQueries.CurrentPlan({})).plan === undefined, "a plan");
    expect((await upgradeQueries.AppliedPlan({ name: "never" })).height === 0n, "an applied plan");
    expect((await upgradeQueries.ModuleVersions({ moduleName: "" })).moduleVersions.length >= 5, "modules");
    expect((await upgradeQueries.Authority({})).address === gov, "authority");
  });
}
