import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";

import { newClient, selector } from "./client";
import { machine } from "./machine";
import { find } from "./program";
import { listed, rulesAt, type Rule } from "./rules";
import { fix, isFixedByEditor, type OnSave } from "./save";
import { Server } from "./server";
import { serverSettings } from "./settings";

const installation = "https://github.com/composelint/composelint#install";

let server: Server<LanguageClient> | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const output = vscode.window.createOutputChannel("composelint", { log: true });
  const showOutput = () => {
    output.show();
  };
  const tell = (problem: string, waysOut: Record<string, () => unknown>) => {
    output.error(problem);
    void offer(problem, waysOut);
  };
  const running = new Server<LanguageClient>({
    find: findProgram,
    create: (path, ended) => newClient(path, settings, output, ended),
    missing: (problem) => {
      tell(problem, toProgram);
    },
    failed: (problem) => {
      tell(problem, { "Show Output": showOutput });
    },
  });
  server = running;
  context.subscriptions.push(
    output,
    vscode.commands.registerCommand("composelint.restart", () => running.restart()),
    vscode.commands.registerCommand("composelint.showOutput", showOutput),
    vscode.commands.registerCommand("composelint.explainRule", explainRule),
    vscode.workspace.onDidChangeConfiguration(async (event) => {
      if (event.affectsConfiguration("composelint.path")) {
        await running.restart();
      } else if (["strict", "configuration"].some((name) => event.affectsConfiguration(`composelint.${name}`))) {
        await running.tell((client) => client.sendNotification("workspace/didChangeConfiguration", { settings: { composelint: settings() } }));
      }
    }),
    vscode.workspace.onWillSaveTextDocument((event) => {
      if (isFixedOnSave(event)) {
        event.waitUntil(fix(event.document, codeActions, (edit) => vscode.workspace.applyEdit(edit)));
      }
    }),
  );
  await running.restart();
}

export function deactivate(): Promise<void> | undefined {
  return server?.stop();
}

function findProgram() {
  return find(configuration().get<string>("path", ""), thisMachine());
}

function settings() {
  return serverSettings(configuration(), thisMachine());
}

function configuration(scope?: vscode.ConfigurationScope): vscode.WorkspaceConfiguration {
  return vscode.workspace.getConfiguration("composelint", scope);
}

function thisMachine() {
  return machine(vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === "file")?.uri.fsPath);
}

/** What to do where there is no program to run. */
const toProgram = {
  "How to Install": () => vscode.env.openExternal(vscode.Uri.parse(installation)),
  "Open Setting": () => vscode.commands.executeCommand("workbench.action.openSettings", "composelint.path"),
};

/** Shows a problem with a button for each way out of it. */
async function offer(problem: string, waysOut: Record<string, () => unknown>): Promise<void> {
  const chosen = await vscode.window.showErrorMessage(problem, ...Object.keys(waysOut));
  if (chosen !== undefined) {
    await waysOut[chosen]?.();
  }
}

/** Not where the editor fixes it, nor when it saves by itself, while somebody still types. */
function isFixedOnSave({ document, reason }: vscode.TextDocumentWillSaveEvent): boolean {
  return (
    reason === vscode.TextDocumentSaveReason.Manual &&
    vscode.languages.match(selector, document) > 0 &&
    configuration(document).get<boolean>("fixOnSave", false) &&
    !isFixedByEditor(vscode.workspace.getConfiguration("editor", document).get<OnSave>("codeActionsOnSave", {}))
  );
}

function codeActions(document: vscode.TextDocument, kind: string): Thenable<vscode.CodeAction[] | undefined> {
  const all = new vscode.Range(0, 0, document.lineCount, 0);
  return vscode.commands.executeCommand("vscode.executeCodeActionProvider", document.uri, all, kind);
}

/** Opens the page of the rule whose finding is at the cursor, or of one that is chosen. */
async function explainRule(): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const here = editor ? rulesAt(vscode.languages.getDiagnostics(editor.document.uri), editor.selection.active) : [];
  const rules = here.length > 0 ? here : await allRules();
  const rule = rules.length > 1 ? await chooseRule(rules) : rules[0];
  if (rule === undefined) {
    return;
  }
  if (rule.page === undefined) {
    void vscode.window.showInformationMessage(`${rule.id} has no page`);
    return;
  }
  await vscode.env.openExternal(vscode.Uri.parse(rule.page));
}

async function chooseRule(rules: readonly Rule[]): Promise<Rule | undefined> {
  const items = rules.map((rule) => ({ label: rule.id, detail: rule.title, rule }));
  const chosen = await vscode.window.showQuickPick(items, { placeHolder: "Rule to explain", matchOnDetail: true });
  return chosen?.rule;
}

async function allRules(): Promise<Rule[]> {
  const found = await findProgram();
  if ("problem" in found) {
    void offer(found.problem, toProgram);
    return [];
  }
  return listed(await thisMachine().output(found.path, ["--list-rules"]));
}
