# METADATA
# description: The router. It asks every enabled rule for its findings.
# scope: subpackages
# schemas:
#   - input: schema.input
package composelint

# findings are those of each rule, as they are: a large project has a hundred thousand.
findings[id] := data.composelint.rules[id].findings if some id in input.config.enabled
