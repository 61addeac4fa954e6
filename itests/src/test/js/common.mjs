// What the programs beside this one share: keys, clients, and how a check says what came of it.
export const keys = [
  "c4a48e2fce1481cd3294b4490f6678090ea98d3d0e5cd984558ab0968741b104",
  "e64e7928d4f6c06f01fefd31f760c51f59a16426e792761cd00529b76501c8a0",
  "11".repeat(32),
].map((key) => Uint8Array.from(Buffer.from(key, "hex")));
export const memo = 'a<b & c>d "ü" 😀';
export const poll = 100;
export const fee = { amount: [{ denom: "stake", amount: "300" }], gas: "300000" };
const limitMs = 60000;
let failed = false;

/** Prints whether a check passed. */
export async function check(name, run) {
  try {
    await within(run(), name);
    console.log(`ok ${name}`);
  } catch (e) {
    failed = true;
    console.log(`FAILED ${name}: ${e.message}`);
  }
}

/** Ends the program, with status 1 where a check failed. */
export function end() {
  process.exit(failed ? 1 : 0);
}

/** What is promised, or an error where it takes too long. */
export function within(promise, what) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`nothing came within ${limitMs} ms: ${what}`)), limitMs);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

export function expect(condition, what) {
  if (!condition) {
    throw new Error(what);
  }
}

export function committed(result) {
  expect(result.code === 0, `code ${result.code}: ${result.rawLog}`);
  return result;
}

/** The first attribute of a key among a result's events. */
export const attribute = (result, key) =>
  result.events.flatMap((event) => event.attributes).find((found) => found.key === key).value;

export async function refused(code, run) {
  let result;
  try {
    result = await run();
  } catch (e) {
    expect(e.code === code, `expected code ${code}, got ${e.code}: ${e.message}`);
    return;
  }
  expect(result.code === code, `expected code ${code}, got ${result.code}: ${result.rawLog}`);
}

export const coins = (amount) => [{ denom: "stake", amount: String(amount) }];

export const send = (from, to, amount) => ({
  typeUrl: "/cosmos.bank.v1beta1.MsgSend",
  value: { fromAddress: from, toAddress: to, amount: coins(amount) },
});

/** One version of CosmJS at a node: its packages, wallets of the keys, and a client that signs as the first. */
export async function open(version, url) {
  const amino = await import(`amino-${version}`);
  const signing = await import(`proto-signing-${version}`);
  const stargate = await import(`stargate-${version}`);
  const registry = new signing.Registry(stargate.defaultRegistryTypes);
  const types = new stargate.AminoTypes(stargate.createDefaultAminoConverters());
  const directWallets = await Promise.all(keys.map((key) => signing.DirectSecp256k1Wallet.fromKey(key, "cosmos")));
  const aminoWallets = await Promise.all(keys.map((key) => amino.Secp256k1Wallet.fromKey(key, "cosmos")));
  const accounts = (await Promise.all(directWallets.map((w) => w.getAccounts()))).map((list) => list[0]);
  const options = { gasPrice: stargate.GasPrice.fromString("0.001stake"), broadcastPollIntervalMs: poll };
  const connect = async (wallet) => {
    const client = await stargate.SigningStargateClient.connectWithSigner(url, wallet, options);
    await client.getChainId(); // a WebSocket on which CosmJS asks nothing while it opens stays silent for ever
    return client;
  };
  const direct = await connect(directWallets[0]);
  const ledger = await connect(aminoWallets[0]);
  const chainId = await direct.getChainId();
  return { amino, signing, stargate, registry, types, directWallets, aminoWallets, accounts, direct, ledger, chainId };
}
