package composelint.rules["host-device_test"]

import data.composelint.fixture
import data.composelint.rules["host-device"] as rule

test_devices if {
	fixture.without_fixes(rule.findings) == {
		{
			"at": "/dev/sda",
			"message": `service "app" gets the host's device "/dev/sda", with which it can reach all files on the disk, past every permission: bind the directory it needs`,
			"severity": "error",
		},
		{
			"at": "/dev/ttyUSB0",
			"message": `service "app" gets the host's device "/dev/ttyUSB0": remove it unless the service cannot work without it`,
			"severity": "warning",
		},
	} with input as _app(["/dev/sda", "/dev/ttyUSB0", "/dev/dri", "/dev/net/tun"])
}

test_disks_and_memory if {
	_severities == {[device, "error"] | some device in _grave} with input as _app(_grave)
}

test_others if {
	_severities == {[device, "warning"] | some device in _others} with input as _app(_others)
}

test_silent if {
	rule.findings == set() with input as _app([
		"/dev/null", "/dev/pts/0", "/dev/dri/renderD128", "/dev/nvidia0", "/dev/nvidia-uvm", "/dev/kfd", "/dev/dxg",
		"nvidia.com/gpu=all", "${STICK}", "sda",
	])
	rule.findings == set() with input as _app([])
}

test_no_reading_or_writing if {
	rule.findings == set() with input as fixture.project([fixture.service("app", {"devices": [object.union(_device("/dev/sda"), {"permissions": "m"})]})])
	_severities == {["/dev/sda", "error"]} with input as fixture.project([fixture.service("app", {"devices": [object.union(_device("/dev/sda"), {"permissions": "r"})]})])
}

test_unknown if {
	rule.findings == set() with input as fixture.project([fixture.service("app", {"devices": [fixture.without(_device("/dev/sda"), ["source"])]})])
}

test_numbers if {
	fixture.without_fixes(rule.findings) == {
		{
			"at": "a *:*",
			"message": `service "app" may use the host's devices "a *:*", with which it can use every device of the host: name the one device it needs in "devices"`,
			"severity": "error",
		},
		{
			"at": "c 188:*",
			"message": `service "app" may use the host's devices "c 188:*": remove it unless the service cannot work without it`,
			"severity": "warning",
		},
	} with input as _granted([["a", "*", "*"], ["c", "188", "*"], ["c", "226", "*"], ["c", "1", "3"], ["c", "10", "200"]], "rwm")
}

test_grades_of_numbers if {
	_severities == {["b *:*", "error"], ["b 8:0", "error"], ["b 11:0", "warning"], ["c *:*", "error"], ["c 1:*", "error"], ["c 1:11", "error"], ["c 202:*", "error"], ["c 13:*", "warning"]} with input as _granted([["b", "*", "*"], ["b", "8", "0"], ["b", "11", "0"], ["c", "*", "*"], ["c", "1", "*"], ["c", "1", "11"], ["c", "202", "*"], ["c", "13", "*"]], "rw")
	rule.findings == set() with input as _granted([["a", "*", "*"], ["c", "*", "*"], ["b", "*", "*"]], "m")
}

_grave := {
	"/dev", "/dev/block", "/dev/sdb1", "/dev/nvme0", "/dev/nvme0n1p2", "/dev/mmcblk0p1", "/dev/vda", "/dev/xvda1",
	"/dev/md0", "/dev/dm-3", "/dev/mapper/root", "/dev/disk/by-id/ata-x", "/dev/loop0", "/dev/zvol/tank/vm",
	"/dev/mem", "/dev/kmem", "/dev/port", "/dev/kmsg", "/dev/cpu/0/msr",
}

_others := {"/dev/fuse", "/dev/kvm", "/dev/sr0", "/dev/sg0", "/dev/loop-control", "/dev/snd", "/dev/video0", "/dev/vg/volume", "vendor.com/net=all"}

_severities := {[finding.at, finding.severity] | some finding in rule.findings}

_device(path) := {"at": path, "source": path, "target": path, "permissions": "rwm"}

_app(paths) := fixture.project([fixture.service("app", {"devices": [_device(path) | some path in paths]})])

_granted(rules, access) := fixture.project([fixture.service("app", {"device_cgroup_rules": [grant |
	some [type, major, minor] in rules
	grant := {"at": $"{type} {major}:{minor}", "type": type, "major": major, "minor": minor, "access": access}
]})])

test_needed if {
	{[finding.severity, finding.message] | some finding in rule.findings} == {["note", `service "app" gets the host's device "/dev/kmsg", which cAdvisor needs to measure the containers: whoever takes it over can read and forge the kernel's log, so let as few as possible reach it`]} with input as fixture.project([fixture.service("app", {
		"image": fixture.image("app", "google/cadvisor", "v0.53.0"),
		"devices": [{"at": "services.app.devices[/dev/kmsg]", "source": "/dev/kmsg", "target": "/dev/kmsg", "permissions": "rwm"}],
	})])
}
