// Transactions as wallets make them: signed directly, in Amino JSON, and by several together.
import { TextProposal } from "cosmjs-types/cosmos/gov/v1beta1/gov.js";
import { TxRaw } from "cosmjs-types/cosmos/tx/v1beta1/tx.js";
import { attribute, check, coins, committed, expect, fee, memo, poll, refused, send } from "./common.mjs";

export async function checkSigning(name, cosmjs) {
  const { amino, signing, stargate, registry, types, directWallets, aminoWallets, accounts } = cosmjs;
  const { direct, ledger, chainId } = cosmjs;
  const [a, b] = accounts.map((account) => account.address);

  await check(`${name} direct, gas simulated`, async () => {
    committed(await direct.sendTokens(a, b, coins(7), "auto", memo));
  });
  await check(`${name} simulate`, async () => {
    expect((await direct.simulate(a, [send(a, b, 1)], memo)) > 10000, "too little gas");
  });
  await check(`${name} amino JSON, gas simulated`, async () => {
    committed(await ledger.sendTokens(a, b, coins(7), "auto", memo));
  });
  await check(`${name} amino JSON, line separators`, async () => {
    committed(await ledger.sendTokens(a, b, coins(7), fee, "a\u2028b"));
  });
  await check(`${name} amino JSON, proposal, deposit, votes`, async () => {
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
    const proposalId = BigInt(attribute(submitted, "proposal_id"));
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
  await check(`${name} multisig 2 of 3`, async () => {
    committed(await direct.sendTokens(a, multisig, coins(10000), fee));
    committed(await direct.broadcastTx(await signTogether([0, 2]), 60000, poll));
    committed(await direct.broadcastTx(await signTogether([0, 1, 2]), 60000, poll));
    const account = await direct.getAccount(multisig);
    expect(account.pubkey.type === "tendermint/PubKeyMultisigThreshold", `key ${JSON.stringify(account.pubkey)}`);
  });
  await check(`${name} multisig with too few signatures is refused`, async () => {
    const bytes = await signTogether([1]);
    await refused(4, () => direct.broadcastTx(bytes, 60000, poll));
  });

  await check(`${name} fee payer`, async () => {
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
    await check(`${name} ${mode}, delegates and undelegates`, async () => {
      const bonded = await client.getQueryClient().staking.validators("BOND_STATUS_BONDED");
      const validator = bonded.validators[0].operatorAddress;
      const delegated = async () => BigInt((await client.getDelegation(a, validator))?.amount ?? 0);
      const before = await delegated();
      committed(await client.delegateTokens(a, validator, coins(70)[0], fee));
      expect((await delegated()) - before === 70n, "not delegated");
      committed(await client.undelegateTokens(a, validator, coins(30)[0], fee));
      expect((await delegated()) - before === 40n, "not undelegated");
    });
    await check(`${name} ${mode}, wrong sequence is refused with 32`, async () => {
      const { accountNumber, sequence } = await client.getSequence(a);
      const raw = await client.sign(a, [send(a, b, 1)], fee, "", { accountNumber, sequence: sequence + 5, chainId });
      await refused(32, () => client.broadcastTx(TxRaw.encode(raw).finish(), 60000, poll));
    });
    await check(`${name} ${mode}, wrong chain is refused with 4`, async () => {
      const { accountNumber, sequence } = await client.getSequence(a);
      const raw = await client.sign(a, [send(a, b, 1)], fee, "", { accountNumber, sequence, chainId: "other-1" });
      await refused(4, () => client.broadcastTx(TxRaw.encode(raw).finish(), 60000, poll));
    });
    await check(`${name} ${mode}, insufficient funds are refused with 5`, async () => {
      await refused(5, () => client.signAndBroadcast(a, [send(a, b, "99999999999999999")], fee));
    });
    await check(`${name} ${mode}, a fee beyond the balance is refused with 5`, async () => {
      const rich = { ...fee, amount: coins("99999999999999999") };
      await refused(5, () => client.signAndBroadcast(a, [send(a, b, 1)], rich));
    });
    await check(`${name} ${mode}, a granter without grant is refused with 38`, async () => {
      await refused(38, () => client.signAndBroadcast(a, [send(a, b, 1)], { ...fee, granter: b }));
    });
  }
}
