package composelint.rules["device-volume_test"]

import data.composelint.fixture
import data.composelint.rules["device-volume"] as rule

test_disk if {
	rule.findings == {{
		"at": "volumes.data",
		"message": `the volume "data" mounts the file system "ext4" of "/dev/sda1" as root of the host: bind the directory that is needed`,
	}} with input as _volume({"type": "ext4", "source": "/dev/sda1"})
}

test_without_device if {
	{finding.message | some finding in rule.findings} == {`the volume "data" mounts the file system "devpts" as root of the host: bind the directory that is needed`} with input as _volume({"type": "devpts"})
}

test_plain if {
	rule.findings == set() with input as _volume({})
	rule.findings == set() with input as _volume({"type": "nfs4", "source": ":/export"})
	rule.findings == set() with input as _volume({"type": "tmpfs", "source": "tmpfs"})
	rule.findings == set() with input as _volume({"type": "proc", "device": "/proc"})
	rule.findings == set() with input as _unknown
}

_volume(fields) := fixture.project_with([], {"volumes": [fixture.volume("data", fields)]})

_unknown := fixture.project_with([], {"volumes": [object.remove(fixture.volume("data", {}), ["type"])]})
