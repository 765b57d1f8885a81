import assert from "node:assert/strict";
import { test } from "node:test";

import { expand, find, type Machine } from "../src/program";

/** A machine with these programs, each with what it prints for its version. */
function machine(programs: Record<string, string>, more: Partial<Machine> = {}): Machine {
  return {
    home: "/home/ada",
    folder: "/src/shop",
    directories: ["/usr/local/bin", "/usr/bin"],
    program: "composelint",
    isExecutable: (path) => Promise.resolve(path in programs),
    output: (path, args) => {
      assert.deepEqual(args, ["--version"]);
      const printed = programs[path];
      return printed === undefined ? Promise.reject(new Error("ENOENT")) : Promise.resolve(printed);
    },
    ...more,
  };
}

const current = "composelint 0.1.0\n";

test("the setting goes before PATH", async () => {
  const both = machine({ "/opt/composelint": current, "/usr/bin/composelint": current });
  assert.deepEqual(await find("/opt/composelint", both), { path: "/opt/composelint" });
  assert.deepEqual(await find("", both), { path: "/usr/bin/composelint" });
});

test("the first directory of PATH goes before the others", async () => {
  const both = machine({ "/usr/local/bin/composelint": current, "/usr/bin/composelint": current });
  assert.deepEqual(await find("", both), { path: "/usr/local/bin/composelint" });
});

test("relative directories of PATH are passed over", async () => {
  const here = machine({ composelint: current, "bin/composelint": current, "./composelint": current }, { directories: ["", ".", "bin"] });
  assert.deepEqual(await find("", here), { problem: 'composelint is not on the PATH: install it, or say in "composelint.path" where it is' });
});

test("on Windows it is a program of another name", async () => {
  assert.deepEqual(await find("", machine({ "/usr/bin/composelint.exe": current }, { program: "composelint.exe" })), { path: "/usr/bin/composelint.exe" });
});

test("what does not run is told, and so is another program", async () => {
  assert.deepEqual(await find("/opt/composelint", machine({ "/usr/bin/composelint": current })), {
    problem: '"/opt/composelint" does not run: install composelint, or say in "composelint.path" where it is',
  });
  assert.deepEqual(await find("/bin/ls", machine({ "/bin/ls": "ls (GNU coreutils) 9.1\n" })), {
    problem: '"/bin/ls" is not composelint: say in "composelint.path" where that is',
  });
});

test("versions before the first with a language server are too old", async () => {
  for (const version of ["0.1.0", "0.1.0-rc.1", "0.1.0+dirty", "0.1.1", "0.10.0", "1.0.0", "10.0.0"]) {
    assert.deepEqual(await find("/c", machine({ "/c": `composelint ${version}\n` })), { path: "/c" }, version);
  }
  for (const version of ["0.0.9", "0.0.99"]) {
    const problem = `"/c" is composelint ${version}, which is too old for editors: install 0.1.0 or a newer one`;
    assert.deepEqual(await find("/c", machine({ "/c": `composelint ${version}\n` })), { problem }, version);
  }
});

test("paths name directories by what stands for them", () => {
  const at = { home: "/home/ada", folder: "/src/shop" };
  for (const [setting, path] of [
    ["/opt/composelint", "/opt/composelint"],
    ["~/bin/composelint", "/home/ada/bin/composelint"],
    ["~", "/home/ada"],
    ["~ada/composelint", "/src/shop/~ada/composelint"],
    ["/a/~/b", "/a/~/b"],
    ["${workspaceFolder}/tools/composelint", "/src/shop/tools/composelint"],
    ["tools/composelint", "/src/shop/tools/composelint"],
    ["../composelint", "/src/composelint"],
  ] as const) {
    assert.equal(expand(setting, at), path, setting);
  }
  assert.equal(expand("$&/x", { home: "/h", folder: "/$1" }), "/$1/$&/x");
  assert.equal(expand("${workspaceFolder}/x", { home: "/h", folder: undefined }), "${workspaceFolder}/x");
  assert.equal(expand("~/x", { home: "/h", folder: undefined }), "/h/x");
});
