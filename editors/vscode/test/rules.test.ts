import assert from "node:assert/strict";
import { test } from "node:test";
import type { Diagnostic, Position } from "vscode";

import { Position as At, Range, Uri } from "./fake/vscode";
import { listed, rulesAt } from "../src/rules";

const finding = (code: unknown, line: number, source = "composelint") =>
  ({ source, code, message: `message of ${JSON.stringify(code)}`, range: new Range(line, 4, line, 14) }) as unknown as Diagnostic;
const page = (id: string) => ({ value: id, target: Uri.parse(`https://example.com/${id}`) });
const at = (line: number, character: number) => new At(line, character) as unknown as Position;

test("the rules of the findings at the cursor", () => {
  const found = [finding(page("privileged"), 3), finding(page("privileged"), 3), finding("of-our-own", 3), finding(page("elsewhere"), 7), finding("indentation", 3, "yamllint"), finding(undefined, 3)];
  assert.deepEqual(rulesAt(found, at(3, 14)), [
    { id: "privileged", page: "https://example.com/privileged", title: 'message of {"value":"privileged","target":{"text":"https://example.com/privileged"}}' },
    { id: "of-our-own", page: undefined, title: 'message of "of-our-own"' },
  ]);
  assert.deepEqual(rulesAt(found, at(3, 3)), []);
  assert.deepEqual(rulesAt(found, at(4, 4)), []);
});

test("the rules that composelint lists", () => {
  const printed = "any-port-on-all-interfaces         note     strict   Port open on every address of the host\nprivileged                         error    default  Privileged container\n";
  const pages = "https://github.com/composelint/composelint/blob/main/docs/rules/";
  assert.deepEqual(listed(printed), [
    { id: "any-port-on-all-interfaces", page: `${pages}any-port-on-all-interfaces.md`, title: "Port open on every address of the host" },
    { id: "privileged", page: `${pages}privileged.md`, title: "Privileged container" },
  ]);
  assert.deepEqual(listed(""), []);
});
