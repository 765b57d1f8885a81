# METADATA
# description: The router. It asks every enabled rule for its findings and names the rule.
# scope: subpackages
# schemas:
#   - input: schema.input
package composelint

findings contains object.union(finding, {"rule": id}) if {
	some id in input.config.enabled
	some finding in data.composelint.rules[id].findings
}
