# METADATA
# title: Ignore that excuses nothing
# description: |
#   An ignore in a file, or an exception in the configuration, that matches no finding hides
#   the next one that it does match. One without a reason tells nobody whether it still holds,
#   and one that is past its date was meant to be looked at again: neither excuses anything.
#   What it was for may have been corrected, renamed or moved.
#
#   Remove it, or correct the rule's name, the reason or the date. An ignore is written
#   `# composelint:ignore RULE -- why until 2027-01-31`, the date being optional, on the line
#   of the finding, above it, or at the key of the service.
# related_resources:
#   - ref: https://github.com/composelint/composelint/blob/main/docs/exceptions.md
#     description: Living with findings
# custom:
#   severity: warning
#   precision: very-high
#   set: default
#   by_hand: what an ignore was meant for is for you to say
#   tags: [correctness, unnecessary]
package composelint.rules["unused-ignore"]

# What it judges is what all other rules find, so that rules/triage/suppress.go writes its findings.
findings := set()
