// Registers a name by CosmJS:
//   node register.mjs <RPC URL> <mnemonic> <name> <seconds>
// The messages of a module of your own are not in cosmjs-types: a few lines per message write them.
import { DirectSecp256k1HdWallet, Registry } from "@cosmjs/proto-signing";
import { defaultRegistryTypes, SigningStargateClient } from "@cosmjs/stargate";

const varint = (value) => {
  const bytes = [];
  for (let rest = BigInt(value); ; ) {
    const low = Number(rest & 127n);
    rest >>= 7n;
    bytes.push(rest ? low | 128 : low);
    if (!rest) {
      return bytes;
    }
  }
};
const text = (field, value) => {
  const bytes = new TextEncoder().encode(value);
  return [(field << 3) | 2, ...varint(bytes.length), ...bytes];
};
const MsgRegister = {
  encode: ({ owner, name, seconds }) => ({
    finish: () => Uint8Array.from([...text(1, owner), ...text(2, name), 3 << 3, ...varint(seconds)]),
  }),
  decode: () => {
    throw new Error("only sent, never read");
  },
  fromPartial: (message) => message,
};

const [url, mnemonic, name, seconds] = process.argv.slice(2);
const wallet = await DirectSecp256k1HdWallet.fromMnemonic(mnemonic);
const [{ address }] = await wallet.getAccounts();
const registry = new Registry([...defaultRegistryTypes, ["/names.v1.MsgRegister", MsgRegister]]);
const client = await SigningStargateClient.connectWithSigner(url, wallet, { registry });
const message = { typeUrl: "/names.v1.MsgRegister", value: { owner: address, name, seconds } };
const result = await client.signAndBroadcast(address, [message], { amount: [], gas: "200000" });
console.log(`height ${result.height}, code ${result.code} ${result.rawLog ?? ""}`);
process.exit(result.code);
