// Subscriptions on a WebSocket: every block once and in order, and the transactions that a query names.
import { check, coins, committed, expect, fee, within } from "./common.mjs";

export async function checkEvents(name, cosmjs) {
  const { direct, accounts } = cosmjs;
  const [a, b] = accounts.map((account) => account.address);
  const comet = direct.getCometClient();

  await check(`${name} subscription to blocks`, async () => {
    const events = await first(3, comet.subscribeNewBlock(), "blocks");
    follow(events.map((event) => event.header.height));
    expect(events[0].header.chainId === cosmjs.chainId, "chain");
  });
  await check(`${name} subscription to headers`, async () => {
    follow((await first(3, comet.subscribeNewBlockHeader(), "headers")).map((event) => event.height));
  });
  await check(`${name} subscription to transactions by a query`, async () => {
    const heard = first(1, comet.subscribeTx(`message.sender='${a}' AND transfer.recipient='${b}'`), "the transaction");
    const sent = committed(await direct.sendTokens(a, b, coins(11), fee));
    const [event] = await heard;
    expect(event.height === sent.height && event.result.code === 0, `height ${event.height}`);
    expect(Buffer.from(event.hash).toString("hex").toUpperCase() === sent.transactionHash, "hash");
  });
  await check(`${name} a subscription that can't be parsed is refused`, async () => {
    const refusal = await first(1, comet.subscribeTx("message.sender=="), "a refusal").then(
      () => "an event",
      (e) => String(e.message ?? e),
    );
    expect(refusal.includes("failed to parse query"), refusal);
  });
}

function follow(heights) {
  expect(heights.every((height, i) => height === heights[0] + i), `heights ${heights}`);
}

/** The first events of a stream, which is then left. */
function first(count, stream, what) {
  const events = [];
  const all = new Promise((resolve, reject) => {
    const subscription = stream.subscribe({
      next: (event) => {
        events.push(event);
        if (events.length === count) {
          subscription.unsubscribe();
          resolve(events);
        }
      },
      error: reject,
      complete: () => reject(new Error("the stream ended")),
    });
  });
  return within(all, what);
}
