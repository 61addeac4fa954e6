// Registers a name by CosmJS:
//   node register.mjs <RPC URL> <mnemonic> <name> <seconds>
// The messages of a module of your own are not in cosmjs-types: a few lines per message write them.
import { DirectSecp256k1HdWallet, Registry } from "@cosmjs/proto-signing";
import { defaultRegistryTypes, SigningStargateClient } from "@cosmjs/stargate";
import { BinaryWriter } from "cosmjs-types/binary.js";

const MsgRegister = {
  encode: ({ owner, name, seconds }, writer = BinaryWriter.create()) =>
    writer.uint32(10).string(owner).uint32(18).string(name).uint32(24).uint64(BigInt(seconds)),
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
