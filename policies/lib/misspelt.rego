# METADATA
# description: The fix of what docker compose refuses as a slip.
package composelint.misspelt

import data.composelint.lint

# fix writes what a problem takes for meant.
#     misspelt.fix({"at": "services.web.prots"}, "ports")
fix(problem, meant) := lint.unsafe($`write "{meant}"`, "what was refused takes effect", [lint.correct(problem, meant)])
