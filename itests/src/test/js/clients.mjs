// What wallets and programs do with an unmodified CosmJS, against a running node:
//   node clients.mjs <RPC URL> <version of CosmJS> ...
// over HTTP where the URL begins with http; where it begins with ws, asking and subscribing on a WebSocket.
// The accounts of the keys in common.mjs must have stake. One line for each check; exit status 1 where one fails.
import { checkAsking } from "./asking.mjs";
import { check, end, open } from "./common.mjs";
import { checkEvents } from "./events.mjs";
import { checkSigning } from "./signing.mjs";

const [url, ...versions] = process.argv.slice(2);
const socket = url.startsWith("ws");

for (const version of versions) {
  const name = `${version} ${socket ? "WebSocket" : "HTTP"}`;
  let cosmjs;
  await check(`${name} connect`, async () => {
    cosmjs = await open(version, url);
  });
  if (cosmjs === undefined) {
    continue;
  }
  await checkAsking(name, cosmjs);
  await (socket ? checkEvents : checkSigning)(name, cosmjs);
  cosmjs.direct.disconnect();
  cosmjs.ledger.disconnect();
}
end();
