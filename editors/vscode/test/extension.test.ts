// The extension as it is packed, over a fake of VS Code, with a composelint that is a fake too; and
// with the real one, where COMPOSELINT names it.
import assert from "node:assert/strict";
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { after, afterEach, test } from "node:test";
import type { ExtensionContext } from "vscode";

import { listed, rulesAt } from "../src/rules";
import { files } from "./vsix";

type Code = typeof import("./fake/vscode");
type Extension = typeof import("../src/extension");

interface Message {
  pid: number;
  args: string[];
  method: string;
  params: Record<string, unknown>;
}

const directory = mkdtempSync(join(tmpdir(), "composelint-"));
const log = join(directory, "log");
const program = join(directory, "bin", "composelint");
const unpacked = join(directory, "extension");

process.env.COMPOSELINT_LOG = log;
process.env.PATH = dirname(program);
write(program, `#!${process.execPath}\nrequire(${JSON.stringify(resolve("dist/test/fake/composelint.js"))});\n`);
chmodSync(program, 0o755);
for (const [name, content] of files()) {
  write(join(directory, name), content);
}
mkdirSync(join(directory, "node_modules/vscode"), { recursive: true });
copyFileSync("dist/test/fake/vscode.js", join(directory, "node_modules/vscode/index.js"));

const load = createRequire(join(directory, "tests.js"));
const { host, commands, languages, window, workspace, Position, Uri } = load("vscode") as Code;
const extension = load(join(unpacked, "dist/extension.js")) as Extension;

workspace.workspaceFolders = [{ uri: Uri.file(directory), name: "shop", index: 0 }];
let context: { subscriptions: { dispose(): void }[] };

async function activate(settings: Record<string, unknown> = {}) {
  host.settings = settings;
  context = { subscriptions: [] };
  await extension.activate(context as unknown as ExtensionContext);
}

afterEach(async () => {
  await extension.deactivate();
  for (const one of context.subscriptions) one.dispose();
  workspace.textDocuments.length = 0;
  window.activeTextEditor = undefined;
  Object.assign(host, { shown: [], opened: [], log: [], choose: () => undefined });
  rmSync(log, { force: true });
  delete process.env.COMPOSELINT_VERSION;
  delete process.env.COMPOSELINT_BROKEN;
});

after(() => {
  rmSync(directory, { recursive: true, maxRetries: 5 }); // the last server may still be writing its log
});

function write(path: string, content: string | Buffer) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

/** What the server was sent of some methods. */
function sent(...methods: string[]): Message[] {
  const lines = existsSync(log) ? readFileSync(log, "utf8").split("\n") : [];
  const all = lines.filter((line) => line !== "").map((line) => JSON.parse(line) as Message);
  return all.filter(({ method }) => methods.includes(method));
}

/** Waits until a thing is so. */
async function until<T>(what: () => T | undefined | false): Promise<T> {
  for (let tries = 0; tries < 500; tries++) {
    const got = what();
    if (got !== undefined && got !== false) return got;
    await new Promise((done) => setTimeout(done, 20));
  }
  throw new Error(`not within ten seconds: ${what.toString()}\n${host.log.join("\n")}\n${host.shown.join("\n")}`);
}

const compose = "services:\n  web:\n    image: acme/web:1.4\n    privileged: true\n";
const diagnostics = (path: string) => languages.getDiagnostics(Uri.file(path));

async function openCompose(name = "compose.yaml", language = "yaml") {
  const path = join(directory, name);
  const document = host.open(path, language, compose);
  await until(() => diagnostics(path).length > 0);
  return { path, document };
}

test("the server is started with lsp and what is set, and shows findings", async () => {
  await activate({ "composelint.strict": true, "composelint.configuration": "${workspaceFolder}/ci.yaml" });
  const { path } = await openCompose();
  const [start] = sent("initialize");
  assert.deepEqual(start?.args, ["lsp"]);
  assert.deepEqual(start.params.initializationOptions, { strict: true, configuration: join(directory, "ci.yaml") });
  assert.deepEqual(start.params.rootUri, Uri.file(directory).toString());
  assert.deepEqual(
    diagnostics(path).map(({ source, message, range }) => [source, message, range.start.line, range.start.character]),
    [["composelint", "it is privileged", 3, 4]],
  );
});

test("Compose files are sent, and configurations, but no other files", async () => {
  await activate();
  for (const [name, language] of [["compose.yaml", "yaml"], ["compose.prod.yaml", "dockercompose"], [".composelint.yml", "yaml"], ["main.go", "go"]] as const) {
    host.open(join(directory, name), language, "x\n");
  }
  const names = await until(() => {
    const opened = sent("textDocument/didOpen").map(({ params }) => (params.textDocument as { uri: string }).uri.split("/").at(-1));
    return opened.length >= 3 && opened;
  });
  assert.deepEqual(names, ["compose.yaml", "compose.prod.yaml", ".composelint.yml"]);
});

test("what changes is told to the server that runs, but for its path", async () => {
  await activate();
  await host.change({ "composelint.strict": false });
  await host.change({ "composelint.configuration": "~/c.yaml" });
  await host.change({ "composelint.fixOnSave": true, "editor.fontSize": 12 });
  const changes = await until(() => sent("workspace/didChangeConfiguration").length >= 2 && sent("workspace/didChangeConfiguration"));
  assert.deepEqual(changes.map(({ params }) => params), [
    { settings: { composelint: { strict: false, configuration: "" } } },
    { settings: { composelint: { strict: false, configuration: join(process.env.HOME ?? "", "c.yaml") } } },
  ]);
  assert.equal(sent("initialize").length, 1);
  await host.change({ "composelint.path": program });
  assert.equal(sent("initialize").length, 2);
  assert.equal(sent("shutdown").length, 1);
});

test("safe fixes are made on save where the setting says so", async () => {
  await activate();
  const { document } = await openCompose();
  assert.deepEqual(await host.save(document), []);
  await host.change({ "composelint.fixOnSave": true });
  assert.deepEqual((await host.save(document)).map(({ newText, range }) => [newText, range.start.line]), [["", 3]]);
  assert.deepEqual(sent("textDocument/codeAction").map(({ params }) => params.context), [{ diagnostics: [], only: ["source.fixAll.composelint"], triggerKind: 1 }]);
});

test("fixes are made once where the editor makes them, and none while somebody types", async () => {
  await activate({ "composelint.fixOnSave": true });
  const { document } = await openCompose();
  assert.deepEqual(await host.save(document, 2), []);
  assert.deepEqual(await host.save(document, 3), []);
  assert.deepEqual(await host.save(host.open(join(directory, "main.go"), "go", "package main\n")), []);
  await host.change({ "editor.codeActionsOnSave": { "source.fixAll": "explicit" } });
  assert.deepEqual(await host.save(document), []);
  assert.deepEqual(sent("textDocument/codeAction"), []);
});

test("the rule of the finding at the cursor is explained by its page", async () => {
  await activate();
  await openCompose();
  assert.ok(window.activeTextEditor);
  window.activeTextEditor.selection.active = new Position(3, 6);
  await commands.executeCommand("composelint.explainRule");
  assert.deepEqual(host.opened, ["https://example.com/privileged"]);
});

test("elsewhere a rule is asked for", async () => {
  await activate();
  await commands.executeCommand("composelint.explainRule");
  assert.deepEqual(host.shown, ["privileged: Privileged container", "writable-root-filesystem: Writable root file system"]);
  assert.deepEqual(host.opened, []);
  host.choose = (shown) => shown[1];
  await commands.executeCommand("composelint.explainRule");
  assert.deepEqual(host.opened, ["https://github.com/composelint/composelint/blob/main/docs/rules/writable-root-filesystem.md"]);
});

test("the output is shown, and the server restarted, on command", async () => {
  await activate();
  await commands.executeCommand("composelint.showOutput");
  assert.deepEqual(host.opened, ["output composelint"]);
  await commands.executeCommand("composelint.restart");
  assert.equal(sent("initialize").length, 2);
});

test("where there is no program, one sentence says so, with two ways out", async () => {
  const buttons: string[][] = [];
  host.choose = (shown) => {
    buttons.push(shown);
    return shown[buttons.length - 1];
  };
  await activate({ "composelint.path": join(directory, "nowhere") });
  await commands.executeCommand("composelint.restart");
  const problem = `"${join(directory, "nowhere")}" does not run: install composelint, or say in "composelint.path" where it is`;
  assert.deepEqual(host.shown, [problem, problem]);
  assert.deepEqual(buttons, [["How to Install", "Open Setting"], ["How to Install", "Open Setting"]]);
  assert.deepEqual(host.opened, ["https://github.com/composelint/composelint#install", "workbench.action.openSettings composelint.path"]);
  await host.change({ "composelint.path": "" });
  assert.equal(sent("initialize").length, 1);
});

test("an old program is not started", async () => {
  process.env.COMPOSELINT_VERSION = "0.0.9";
  await activate();
  assert.deepEqual(host.shown, [`"${program}" is composelint 0.0.9, which is too old for editors: install 0.1.0 or a newer one`]);
  assert.deepEqual(sent("initialize"), []);
});

test("a server that does not start is told in one sentence, with what it printed", async () => {
  process.env.COMPOSELINT_BROKEN = "yes";
  host.choose = ([first]) => first;
  await activate();
  await until(() => host.log.includes("composelint: no such file: lsp"));
  assert.deepEqual(host.shown, [`"${program} lsp" does not start: the output says why`]);
  assert.deepEqual(host.opened, ["output composelint"]);
  delete process.env.COMPOSELINT_BROKEN;
  await commands.executeCommand("composelint.restart");
  assert.equal(sent("initialize").length, 1);
});

test("a server that ends is started again, and sent what is open", async () => {
  await activate();
  const { path } = await openCompose();
  process.kill(Number(sent("initialize")[0]?.pid));
  await until(() => sent("textDocument/didOpen").length === 2);
  await until(() => diagnostics(path).length === 1);
  assert.deepEqual(host.shown, []);
});

test("composelint itself shows what it finds, and fixes it on save", { skip: process.env.COMPOSELINT === undefined }, async () => {
  await activate({ "composelint.path": process.env.COMPOSELINT, "composelint.fixOnSave": true, "composelint.strict": false });
  const path = join(directory, "real", "compose.yaml");
  const text = `services:
  agent:
    image: example/agent:1.4
    privileged: true
  proxy:
    image: tecnativa/docker-socket-proxy:0.3.0
    volumes:
      - /var/run/docker.sock:/var/run/docker.sock
`;
  write(path, text);
  const document = host.open(path, "dockercompose", text);
  const found = await until(() => diagnostics(path).length > 0 && diagnostics(path));
  assert.ok(found.every(({ source }) => source === "composelint"));
  const [rule, ...others] = rulesAt(found as never, new Position(3, 16) as never);
  assert.deepEqual(others, []);
  assert.equal(rule?.id, "privileged");
  assert.equal(rule.page, listed("privileged  error  default  Privileged container")[0]?.page);
  const edits = await host.save(document);
  assert.deepEqual(edits.map(({ range, newText }) => [range.start.line, range.start.character, newText]), [[7, 49, ":ro"]]);
  assert.deepEqual(host.shown, []);
});
