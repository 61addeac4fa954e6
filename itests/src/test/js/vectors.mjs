// Prints transactions that CosmJS signs, for the tests of bundles/modules/auth: node vectors.mjs > cosmjs.json
import {
  createMultisigThresholdPubkey,
  encodeSecp256k1Pubkey,
  makeSignDoc,
  pubkeyToAddress,
  Secp256k1Wallet,
  serializeSignDoc,
} from "amino-0.39";
import { encodePubkey, makeAuthInfoBytes, Registry } from "proto-signing-0.39";
import {
  AminoTypes,
  createDefaultAminoConverters,
  defaultRegistryTypes,
  makeMultisignedTxBytes,
} from "stargate-0.39";
import { TextProposal } from "cosmjs-types/cosmos/gov/v1beta1/gov.js";
import { SignMode } from "cosmjs-types/cosmos/tx/signing/v1beta1/signing.js";
import { TxRaw } from "cosmjs-types/cosmos/tx/v1beta1/tx.js";

const hex = (bytes) => Buffer.from(bytes).toString("hex");
const from = (text) => Uint8Array.from(Buffer.from(text, "hex"));
const keys = [
  "c4a48e2fce1481cd3294b4490f6678090ea98d3d0e5cd984558ab0968741b104",
  "e64e7928d4f6c06f01fefd31f760c51f59a16426e792761cd00529b76501c8a0",
  "11".repeat(32),
];
const wallets = await Promise.all(keys.map((key) => Secp256k1Wallet.fromKey(from(key), "cosmos")));
const accounts = (await Promise.all(wallets.map((wallet) => wallet.getAccounts()))).map((list) => list[0]);
const [a, b] = accounts.map((account) => account.address);
const registry = new Registry(defaultRegistryTypes);
const types = new AminoTypes(createDefaultAminoConverters());
const chainId = "probe-1";
const fee = { amount: [{ denom: "ufee", amount: "500" }], gas: "200000" };
const send = (sender) => ({
  typeUrl: "/cosmos.bank.v1beta1.MsgSend",
  value: { fromAddress: sender, toAddress: b, amount: [{ denom: "ustake", amount: "7" }] },
});
const text = {
  typeUrl: "/cosmos.gov.v1beta1.MsgSubmitProposal",
  value: {
    content: {
      typeUrl: "/cosmos.gov.v1beta1.TextProposal",
      value: TextProposal.encode(TextProposal.fromPartial({ title: "t", description: "d <&>" })).finish(),
    },
    initialDeposit: [{ denom: "stake", amount: "10" }],
    proposer: a,
  },
};
const gov = "/cosmos.gov.v1beta1.";
const coin = { denom: "stake", amount: "10" };

async function single(name, messages, options = {}) {
  const { memo = "", timeout, usedFee = fee } = options;
  const doc = makeSignDoc(messages.map((m) => types.toAmino(m)), usedFee, chainId, memo, 0, 122, timeout);
  const { signature, signed } = await wallets[0].signAmino(a, doc);
  const body = registry.encodeTxBody({
    messages: signed.msgs.map((m) => types.fromAmino(m)),
    memo,
    timeoutHeight: timeout,
  });
  const authInfo = makeAuthInfoBytes(
    [{ pubkey: encodePubkey(signature.pub_key), sequence: 122 }],
    usedFee.amount,
    Number(usedFee.gas),
    usedFee.granter,
    usedFee.payer,
    SignMode.SIGN_MODE_LEGACY_AMINO_JSON,
  );
  const raw = { bodyBytes: body, authInfoBytes: authInfo, signatures: [Buffer.from(signature.signature, "base64")] };
  return {
    name,
    body_bytes_hex: hex(body),
    auth_info_bytes_hex: hex(authInfo),
    chain_id: chainId,
    account_number: "0",
    sequence: "122",
    sign_bytes_utf8: new TextDecoder().decode(serializeSignDoc(doc)),
    tx_raw_hex: hex(TxRaw.encode(TxRaw.fromPartial(raw)).finish()),
  };
}

async function several(name, key, signers, nested) {
  const address = pubkeyToAddress(key, "cosmos");
  const doc = makeSignDoc([types.toAmino(send(address))], fee, chainId, "", 5, 3);
  const body = registry.encodeTxBody({ messages: [send(address)], memo: "" });
  const signatures = new Map();
  for (const i of signers) {
    const { signature } = await wallets[i].signAmino(accounts[i].address, doc);
    signatures.set(accounts[i].address, Buffer.from(signature.signature, "base64"));
  }
  return {
    name,
    address,
    pubkey_any_hex: hex((await import("cosmjs-types/google/protobuf/any.js")).Any.encode(encodePubkey(key)).finish()),
    chain_id: chainId,
    account_number: "5",
    sequence: "3",
    tx_raw_hex: nested ? "" : hex(makeMultisignedTxBytes(key, 3, fee, body, signatures)),
  };
}

const pubkeys = accounts.map((account) => encodeSecp256k1Pubkey(account.pubkey));
const two = createMultisigThresholdPubkey(pubkeys, 2, true);
const vectors = {
  amino: [
    await single("send", [send(a)]),
    await single("memo, payer, timeout height", [send(a)], {
      memo: "m<&>\"\\\b\f\n\t\u0001 ü 😀",
      timeout: 99999n,
      usedFee: { ...fee, payer: a },
    }),
    await single("line separators in the memo", [send(a)], { memo: "a\u2028b\u2029c" }),
    await single("empty fee", [send(a)], { usedFee: { amount: [], gas: "200000" } }),
    await single("send without coins", [{ ...send(a), value: { ...send(a).value, amount: [] } }]),
    await single("multi send", [
      {
        typeUrl: "/cosmos.bank.v1beta1.MsgMultiSend",
        value: { inputs: [{ address: a, coins: [coin] }], outputs: [{ address: b, coins: [coin] }] },
      },
    ]),
    await single("text proposal", [text]),
    await single("vote", [{ typeUrl: gov + "MsgVote", value: { proposalId: 1n, voter: a, option: 4 } }]),
    await single("weighted vote", [
      {
        typeUrl: gov + "MsgVoteWeighted",
        value: {
          proposalId: 1n,
          voter: a,
          options: [
            { option: 1, weight: "700000000000000000" },
            { option: 3, weight: "300000000000000000" },
          ],
        },
      },
    ]),
    await single("deposit and send", [
      { typeUrl: gov + "MsgDeposit", value: { proposalId: 1n, depositor: a, amount: [coin] } },
      send(a),
    ]),
  ],
  multisig: [
    await several("2 of 3, first and last", two, [0, 2]),
    await several("2 of 3, all", two, [0, 1, 2]),
    await several("1 of 1", createMultisigThresholdPubkey([pubkeys[0]], 1), [0]),
    await several("2 of 3, one only", two, [1]),
    await several("nested", createMultisigThresholdPubkey([pubkeys[0], two], 1, true), [0], true),
  ],
};
console.log(JSON.stringify(vectors, null, 2));
