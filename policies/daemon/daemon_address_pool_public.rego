# METADATA
# title: Networks with addresses of others
# description: |
#   The engine gives networks of containers subnets that are somebody's on the internet.
#   Containers and the host reach containers in place of the machines that have these
#   addresses, so that a name that leads there ends in the wrong place, perhaps with a
#   password.
#
#   Take a pool of private addresses that the site does not use, such as `10.128.0.0/16`.
# related_resources:
#   - ref: https://docs.docker.com/engine/network/#subnet-allocation
#     description: Subnet allocation
#   - ref: https://www.rfc-editor.org/rfc/rfc1918
#     description: RFC 1918, private addresses
# custom:
#   severity: warning
#   precision: very-high
#   set: default
#   by_hand: daemon.json is edited by root on each host, and takes effect when the engine starts anew
#   controls: []
#   tags: [correctness]
package composelint.rules["daemon-address-pool-public"]

import data.composelint.lint

findings contains lint.on(pool, message) if {
	some pool in input.daemon.address_pools
	pool.private == false
	message := $`networks get addresses of "{pool.base}", which are others' on the internet: use a private range, such as "10.128.0.0/16"`
}
