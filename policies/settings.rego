# METADATA
# description: |
#   What the variables of a socket proxy are to its image: flags that its rules ask, settings
#   of another kind, or nothing at all.
package composelint.settings

import data.composelint.lint

# flags are, by the kinds of proxy in the project, the names that the kind's rules ask.
flags := {kind: asked |
	some kind in {kind | some _, kind in lint.proxies}
	rules := object.get(data.composelint.proxies[kind], "rules", [])
	asked := {rule["if"] | some rule in rules} | {rule.unless | some rule in rules}
}
