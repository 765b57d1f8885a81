package composelint.verify_test

import data.composelint.verify

test_denied if {
	verify.knowledge.denied.cetusguard == {"status": [403], "type": "", "body": "^$"}
	not verify.knowledge.denied.unknown
}

test_attacks if {
	[attack | some attack in verify.knowledge.attacks; attack.id == "host-files-read"] == [{
		"id": "host-files-read",
		"title": "read the host's files that a container mounts",
		"ways": [{"title": "", "needs": ["ContainerArchive"], "body": "", "where": "bind"}],
	}]
	verify.knowledge.attacks[0].ways[1] == {
		"title": "start it by a restart",
		"needs": ["ContainerCreate", "ContainerRestart"],
		"body": "privileged",
		"where": "",
	}
}
