import assert from "node:assert/strict";
import { test } from "node:test";

import type { Found } from "../src/program";
import { Server, type Client } from "../src/server";

/** A server whose steps are written down, each only when it is over, and what ends its clients. */
function recorded(find: () => Found = () => ({ path: "/c" }), failing: string[] = []) {
  const steps: string[] = [];
  const ends: (() => void)[] = [];
  const step = async (name: string) => {
    await new Promise((done) => setTimeout(done, 5));
    steps.push(name);
    if (failing.includes(name)) throw new Error(name);
  };
  const server = new Server<Client>({
    find: () => Promise.resolve().then(find),
    create: (path, ended) => {
      const n = ends.push(ended);
      return { start: () => step(`start ${n} of ${path}`), stop: () => step(`stop ${n}`) };
    },
    missing: (problem) => steps.push(`missing: ${problem}`),
    failed: (problem) => steps.push(`failed: ${problem}`),
  });
  return { steps, ends, server };
}

async function runs(server: Server<Client>): Promise<boolean> {
  let told = false;
  await server.tell(() => {
    told = true;
    return Promise.resolve();
  });
  return told;
}

test("one server at a time, in the order of what was asked", async () => {
  const { steps, server } = recorded();
  await Promise.all([server.restart(), server.restart(), server.stop(), server.stop()]);
  assert.deepEqual(steps, ["start 1 of /c", "stop 1", "start 2 of /c", "stop 2"]);
  assert.equal(await runs(server), false);
});

test("what is told while the server starts is told once it runs", async () => {
  const { steps, server } = recorded();
  const started = server.restart();
  await server.tell(() => Promise.resolve(void steps.push("told")));
  await started;
  await server.stop();
  await server.tell(() => Promise.resolve(void steps.push("told too late")));
  assert.deepEqual(steps, ["start 1 of /c", "told", "stop 1"]);
});

test("a problem is reported, and the next start tries again", async () => {
  const found: Found[] = [{ problem: "there is none" }, { path: "/c" }];
  const { steps, server } = recorded(() => found.shift() ?? { problem: "asked too often" });
  await server.restart();
  assert.equal(await runs(server), false);
  await server.restart();
  assert.equal(await runs(server), true);
  assert.deepEqual(steps, ["missing: there is none", "start 1 of /c"]);
});

test("a client that fails to start or to stop stands in nobody's way", async () => {
  const { steps, server } = recorded(undefined, ["start 1 of /c", "stop 2"]);
  await server.restart();
  assert.equal(await runs(server), false);
  await server.restart();
  await server.restart();
  assert.equal(await runs(server), true);
  assert.deepEqual(steps, ["start 1 of /c", 'failed: "/c lsp" does not start: the output says why', "start 2 of /c", "stop 2", "start 3 of /c"]);
});

test("what goes wrong in the search is told, and stands in nobody's way", async () => {
  let fails = true;
  const { steps, server } = recorded(() => {
    if (fails) throw new Error("no search");
    return { path: "/c" };
  });
  await assert.rejects(server.restart(), /no search/);
  fails = false;
  await server.restart();
  assert.deepEqual(steps, ["start 1 of /c"]);
});

test("a server that ends is started again, but not without end", async () => {
  const { steps, ends, server } = recorded();
  await server.restart();
  for (const end of [0, 0, 1, 2, 3]) {
    ends[end]?.(); // the first one twice, of which the second time is none
    assert.equal(await runs(server), true);
  }
  ends[4]?.();
  assert.equal(await runs(server), false);
  await server.restart();
  const starts = [1, 2, 3, 4, 5].map((n) => `start ${n} of /c`);
  const failed = "failed: composelint has ended five times in three minutes and is not started again: the output says why";
  assert.deepEqual(steps, [...starts, failed, "start 6 of /c"]);
});
