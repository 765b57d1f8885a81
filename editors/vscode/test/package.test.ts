import assert from "node:assert/strict";
import { readFileSync, statSync } from "node:fs";
import { test } from "node:test";

import { files, vsix } from "./vsix";

interface Manifest {
  activationEvents: string[];
  capabilities: { untrustedWorkspaces: { supported: string; restrictedConfigurations: string[] } };
  contributes: {
    commands: { command: string }[];
    configuration: { properties: Record<string, { markdownDescription: string; default: unknown }> };
  };
}

const manifest = JSON.parse(readFileSync("package.json", "utf8")) as Manifest;

test("the package holds the bundle and what describes it, nothing else", () => {
  const packed = files();
  assert.deepEqual([...packed.keys()].sort(), [
    "[Content_Types].xml",
    "extension.vsixmanifest",
    "extension/LICENSE.txt",
    "extension/changelog.md",
    "extension/dist/extension.js",
    "extension/icon.png",
    "extension/package.json",
    "extension/readme.md",
  ]);
  const size = statSync(vsix).size;
  assert.ok(size < 200_000, `${vsix} has ${size} bytes`);
});

test("the bundle carries the licences of what it is made of", () => {
  const bundle = files().get("extension/dist/extension.js")?.toString() ?? "";
  for (const name of ["vscode-languageclient", "vscode-jsonrpc", "semver", "minimatch"]) {
    assert.match(bundle, new RegExp(`^${name} \\d+\\.\\d+\\.\\d+\n\n.*(Copyright|License)`, "m"), name);
  }
});

test("each setting is described, and does nothing unless it is set", () => {
  const settings = Object.entries(manifest.contributes.configuration.properties);
  const defaults = settings.map(([name, { default: value }]) => [name, value]);
  assert.deepEqual(defaults, [
    ["composelint.path", ""],
    ["composelint.strict", null],
    ["composelint.configuration", ""],
    ["composelint.fixOnSave", false],
    ["composelint.trace.server", "messages"],
  ]);
  for (const [name, { markdownDescription }] of settings) {
    assert.match(markdownDescription, /^[A-Z].*\.$/, name);
  }
});

test("a workspace that is not trusted names no program and no configuration", () => {
  const { supported, restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
  assert.equal(supported, "limited");
  assert.deepEqual(restrictedConfigurations, ["composelint.path", "composelint.configuration"]);
});

test("it starts with YAML, and with the names that Compose looks for", () => {
  assert.deepEqual(manifest.activationEvents.slice(0, 2), ["onLanguage:yaml", "onLanguage:dockercompose"]);
  const names = ["compose", "docker-compose"].flatMap((name) => [".yaml", ".yml", ".*.yaml", ".*.yml"].map((end) => `workspaceContains:**/${name}${end}`));
  assert.deepEqual(manifest.activationEvents.slice(2), names);
});
