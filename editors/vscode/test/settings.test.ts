import assert from "node:assert/strict";
import { test } from "node:test";

import { serverSettings, type Configuration } from "../src/settings";

const settings = (values: Record<string, unknown>) => {
  const configuration: Configuration = { get: <T>(name: string, otherwise: T) => (name in values ? (values[name] as T) : otherwise) };
  return serverSettings(configuration, { home: "/home/ada", folder: "/src/shop" });
};

test("the server is told what is set, and nothing else", () => {
  assert.deepEqual(settings({}), { strict: null, configuration: "" });
  assert.deepEqual(settings({ strict: false, path: "/opt/composelint", fixOnSave: true }), { strict: false, configuration: "" });
  assert.deepEqual(settings({ strict: true, configuration: "~/strict.yaml" }), { strict: true, configuration: "/home/ada/strict.yaml" });
  assert.deepEqual(settings({ configuration: "ci/.composelint.yaml" }), { strict: null, configuration: "/src/shop/ci/.composelint.yaml" });
});
