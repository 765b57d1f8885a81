import assert from "node:assert/strict";
import { test } from "node:test";
import type { CodeAction, TextDocument } from "vscode";

import { Range, TextEdit as Edit, Uri, WorkspaceEdit } from "./fake/vscode";
import { fix, isFixedByEditor } from "../src/save";

const edit = (text: string) => new Edit(new Range(0, 0, 0, 1), text);

/** An action that makes these edits, by file. */
function action(files: Record<string, Edit[]>): CodeAction {
  const whole = new WorkspaceEdit();
  for (const [path, edits] of Object.entries(files)) whole.set(Uri.file(path), edits);
  return { title: "make all safe fixes", edit: whole } as unknown as CodeAction;
}

/** The edits that are made of these actions, for which the answer takes so long that a document has another version. */
async function fixed(actions: CodeAction[] | undefined, later = 1) {
  const document = { uri: Uri.file("/src/compose.yaml"), version: 1 };
  const made: [string, string[]][] = [];
  await fix(
    document as unknown as TextDocument,
    (asked, kind) => {
      assert.equal(asked, document);
      assert.equal(kind, "source.fixAll.composelint");
      document.version = later;
      return Promise.resolve(actions);
    },
    (edit) => {
      made.push(...edit.entries().map(([uri, edits]): [string, string[]] => [uri.fsPath, edits.map(({ newText }) => newText)]));
      return Promise.resolve(true);
    },
  );
  return made;
}

test("all safe fixes are made, in whichever file", async () => {
  assert.deepEqual(await fixed([action({ "/src/compose.yaml": [edit("a"), edit("b")], "/src/base.yaml": [edit("c")] })]), [
    ["/src/compose.yaml", ["a", "b"]],
    ["/src/base.yaml", ["c"]],
  ]);
});

test("a file is saved as it is where there are none", async () => {
  assert.deepEqual(await fixed(undefined), []);
  assert.deepEqual(await fixed([]), []);
  const without = action({});
  delete without.edit;
  assert.deepEqual(await fixed([without]), []);
});

test("no fix is made twice", async () => {
  const same = () => action({ "/src/compose.yaml": [edit("a")] });
  assert.deepEqual(await fixed([same(), same()]), [["/src/compose.yaml", ["a"]]]);
});

test("no fix is made of a text that is not there any more", async () => {
  assert.deepEqual(await fixed([action({ "/src/compose.yaml": [edit("a")] })], 2), []);
});

test("the editor fixes a file where its own setting says so", () => {
  for (const onSave of [
    { "source.fixAll.composelint": "explicit" },
    { "source.fixAll.composelint": "always" },
    { "source.fixAll.composelint": true },
    { "source.fixAll": "explicit" },
    { source: "explicit" },
    ["source.fixAll.composelint"],
    ["source.organizeImports", "source.fixAll"],
  ]) {
    assert.equal(isFixedByEditor(onSave as Parameters<typeof isFixedByEditor>[0]), true, JSON.stringify(onSave));
  }
  for (const onSave of [
    {},
    [],
    { "source.fixAll.composelint": "never" },
    { "source.fixAll.composelint": false },
    { "source.fixAll": "explicit", "source.fixAll.composelint": "never" },
    { "source.fixAll.eslint": "explicit", "source.organizeImports": "always" },
    ["source.fixAll.eslint"],
  ]) {
    assert.equal(isFixedByEditor(onSave as Parameters<typeof isFixedByEditor>[0]), false, JSON.stringify(onSave));
  }
});
