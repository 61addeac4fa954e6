// What wallets and programs do with an unmodified CosmJS, against a running node:
//   node clients.mjs <RPC URL> <version of CosmJS> ...
// The accounts of the keys below must have stake. One line for each check; exit status 1 where one fails.
import { TextProposal } from "cosmjs-types/cosmos/gov/v1beta1/gov.js";
import { TxRaw } from "cosmjs-types/cosmos/tx/v1beta1/tx.js";

const [url, ...versions] = process.argv.slice(2);
const keys = [
  "c4a48e2fce1481cd3294b4490f6678090ea98d3d0e5cd984558ab0968741b104",
  "e64e7928d4f6c06f01fefd31f760c51f59a16426e792761cd00529b76501c8a0",
  "11".repeat(32),
].map((key) => Uint8Array.from(Buffer.from(key, "hex")));
const memo = 'a<b & c>d "ü" 😀';
const poll = 100;
let failed = false;

async function check(version, name, run) {
  try {
    await run();
    console.log(`ok ${version} ${name}`);
  } catch (e) {
    failed = true;
    console.log(`FAILED ${version} ${name}: ${e.message}`);
  }
}

function expect(condition, what) {
  if (!condition) {
    throw new Error(what);
  }
}

async function refused(code, run) {
  let result;
  try {
    result = await run();
  } catch (e) {
    expect(e.code === code, `expected code ${code}, got ${e.code}: ${e.message}`);
    return;
  }
  expect(result.code === code, `expected code ${code}, got ${result.code}: ${result.rawLog}`);
}

async function checks(version) {
  const amino = await import(`amino-${version}`);
  const signing = await import(`proto-signing-${version}`);
  const stargate = await import(`stargate-${version}`);
  const registry = new signing.Registry(stargate.defaultRegistryTypes);
  const types = new stargate.AminoTypes(stargate.createDefaultAminoConverters());
  const options = { gasPrice: stargate.GasPrice.fromString("0.001stake"), broadcastPollIntervalMs: poll };
  const fee = { amount: [{ denom: "stake", amount: "300" }], gas: "300000" };

  const directWallets = await Promise.all(keys.map((key) => signing.DirectSecp256k1Wallet.fromKey(key, "cosmos")));
  const aminoWallets = await Promise.all(keys.map((key) => amino.Secp256k1Wallet.fromKey(key, "cosmos")));
  const accounts = (await Promise.all(directWallets.map((w) => w.getAccounts()))).map((list) => list[0]);
  const [a, b] = accounts.map((account) => account.address);
  const direct = await stargate.SigningStargateClient.connectWithSigner(url, directWallets[0], options);
  const ledger = await stargate.SigningStargateClient.connectWithSigner(url, aminoWallets[0], options);
  const chainId = await direct.getChainId();
  const coins = (amount) => [{ denom: "stake", amount: String(amount) }];
  const send = (from, to, amount) => ({
    typeUrl: "/cosmos.bank.v1beta1.MsgSend",
    value: { fromAddress: from, toAddress: to, amount: coins(amount) },
  });
  const committed = (result) => expect(result.code === 0, `code ${result.code}: ${result.rawLog}`);

  await check(version, "direct, gas simulated", async () => {
    committed(await direct.sendTokens(a, b, coins(7), "auto", memo));
  });
  await check(version, "simulate", async () => {
    expect((await direct.simulate(a, [send(a, b, 1)], memo)) > 10000, "too little gas");
  });
  await check(version, "amino JSON, gas simulated", async () => {
    committed(await ledger.sendTokens(a, b, coins(7), "auto", memo));
  });
  await check(version, "amino JSON, line separators", async () => {
    committed(await ledger.sendTokens(a, b, coins(7), fee, "a\u2028b"));
  });
  await check(version, "amino JSON, proposal, deposit, votes", async () => {
    const content = TextProposal.encode(TextProposal.fromPartial({ title: "t", description: "d <&>" })).finish();
    const submitted = await ledger.signAndBroadcast(
      a,
      [
        {
          typeUrl: "/cosmos.gov.v1beta1.MsgSubmitProposal",
          value: {
            content: { typeUrl: "/cosmos.gov.v1beta1.TextProposal", value: content },
            initialDeposit: coins(500),
            proposer: a,
          },
        },
      ],
      fee,
    );
    committed(submitted);
    const proposalId = BigInt(
      submitted.events.flatMap((e) => e.attributes).find((attribute) => attribute.key === "proposal_id").value,
    );
    const gov = "/cosmos.gov.v1beta1.";
    committed(
      await ledger.signAndBroadcast(
        a,
        [
          { typeUrl: gov + "MsgDeposit", value: { proposalId, depositor: a, amount: coins(500) } },
          { typeUrl: gov + "MsgVote", value: { proposalId, voter: a, option: 1 } },
          {
            typeUrl: gov + "MsgVoteWeighted",
            value: {
              proposalId,
              voter: a,
              options: [
                { option: 1, weight: "700000000000000000" },
                { option: 3, weight: "300000000000000000" },
              ],
            },
          },
        ],
        { ...fee, gas: "600000" },
      ),
    );
  });

  const pubkeys = accounts.map((account) => amino.encodeSecp256k1Pubkey(account.pubkey));
  const several = amino.createMultisigThresholdPubkey(pubkeys, 2, true);
  const multisig = amino.pubkeyToAddress(several, "cosmos");
  const signTogether = async (holders) => {
    const { accountNumber, sequence } = await direct.getSequence(multisig);
    const message = send(multisig, b, 5);
    const doc = amino.makeSignDoc([types.toAmino(message)], fee, chainId, memo, accountNumber, sequence);
    const signatures = new Map();
    for (const i of holders) {
      const { signature } = await aminoWallets[i].signAmino(accounts[i].address, doc);
      signatures.set(accounts[i].address, Uint8Array.from(Buffer.from(signature.signature, "base64")));
    }
    const body = registry.encodeTxBody({ messages: [message], memo });
    return stargate.makeMultisignedTxBytes(several, sequence, fee, body, signatures);
  };
  await check(version, "multisig 2 of 3", async () => {
    committed(await direct.sendTokens(a, multisig, coins(10000), fee));
    committed(await direct.broadcastTx(await signTogether([0, 2]), 60000, poll));
    committed(await direct.broadcastTx(await signTogether([0, 1, 2]), 60000, poll));
    const account = await direct.getAccount(multisig);
    expect(account.pubkey.type === "tendermint/PubKeyMultisigThreshold", `key ${JSON.stringify(account.pubkey)}`);
  });
  await check(version, "multisig with too few signatures is refused", async () => {
    const bytes = await signTogether([1]);
    await refused(4, () => direct.broadcastTx(bytes, 60000, poll));
  });

  await check(version, "fee payer", async () => {
    const body = registry.encodeTxBody({ messages: [send(a, b, 1)], memo: "" });
    const sequences = [await direct.getSequence(a), await direct.getSequence(b)];
    const authInfo = signing.makeAuthInfoBytes(
      sequences.map(({ sequence }, i) => ({ pubkey: signing.encodePubkey(pubkeys[i]), sequence })),
      fee.amount,
      Number(fee.gas),
      undefined,
      b,
    );
    const signatures = [];
    for (const i of [0, 1]) {
      const doc = signing.makeSignDoc(body, authInfo, chainId, sequences[i].accountNumber);
      const { signature } = await directWallets[i].signDirect(accounts[i].address, doc);
      signatures.push(Uint8Array.from(Buffer.from(signature.signature, "base64")));
    }
    const before = BigInt((await direct.getBalance(a, "stake")).amount);
    const raw = TxRaw.fromPartial({ bodyBytes: body, authInfoBytes: authInfo, signatures });
    committed(await direct.broadcastTx(TxRaw.encode(raw).finish(), 60000, poll));
    const after = BigInt((await direct.getBalance(a, "stake")).amount);
    expect(before - after === 1n, "the sender paid the fee");
  });
  for (const [mode, client] of [["direct", direct], ["amino JSON", ledger]]) {
    await check(version, `${mode}, delegates and undelegates`, async () => {
      const bonded = await client.getQueryClient().staking.validators("BOND_STATUS_BONDED");
      const validator = bonded.validators[0].operatorAddress;
      const delegated = async () => BigInt((await client.getDelegation(a, validator))?.amount ?? 0);
      const before = await delegated();
      committed(await client.delegateTokens(a, validator, coins(70)[0], fee));
      expect((await delegated()) - before === 70n, "not delegated");
      committed(await client.undelegateTokens(a, validator, coins(30)[0], fee));
      expect((await delegated()) - before === 40n, "not undelegated");
    });
    await check(version, `${mode}, wrong sequence is refused with 32`, async () => {
      const { accountNumber, sequence } = await client.getSequence(a);
      const raw = await client.sign(a, [send(a, b, 1)], fee, "", { accountNumber, sequence: sequence + 5, chainId });
      await refused(32, () => client.broadcastTx(TxRaw.encode(raw).finish(), 60000, poll));
    });
    await check(version, `${mode}, wrong chain is refused with 4`, async () => {
      const { accountNumber, sequence } = await client.getSequence(a);
      const raw = await client.sign(a, [send(a, b, 1)], fee, "", { accountNumber, sequence, chainId: "other-1" });
      await refused(4, () => client.broadcastTx(TxRaw.encode(raw).finish(), 60000, poll));
    });
    await check(version, `${mode}, insufficient funds are refused with 5`, async () => {
      await refused(5, () => client.signAndBroadcast(a, [send(a, b, "99999999999999999")], fee));
    });
    await check(version, `${mode}, a fee beyond the balance is refused with 5`, async () => {
      const rich = { ...fee, amount: coins("99999999999999999") };
      await refused(5, () => client.signAndBroadcast(a, [send(a, b, 1)], rich));
    });
    await check(version, `${mode}, a granter without grant is refused with 38`, async () => {
      await refused(38, () => client.signAndBroadcast(a, [send(a, b, 1)], { ...fee, granter: b }));
    });
  }
  direct.disconnect();
  ledger.disconnect();
}

for (const version of versions) {
  await checks(version);
}
process.exit(failed ? 1 : 0);
