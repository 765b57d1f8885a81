package composelint.rules["daemon-insecure-registry_test"]

import data.composelint.fixture
import data.composelint.rules["daemon-insecure-registry"] as rule

test_insecure if {
	rule.findings == {
		{"at": "daemon.insecure-registries[10.0.0.7:5000]", "message": `images of "10.0.0.7:5000" come without TLS, or from whoever answers: give it a certificate and remove it here`},
		{"at": "daemon.registry-mirrors[http://m.example]", "message": `images of Docker Hub come from the mirror "http://m.example" in plain text: use https`},
	} with input as fixture.daemon({
		"insecure_registries": [{"at": "daemon.insecure-registries[10.0.0.7:5000]", "value": "10.0.0.7:5000"}],
		"mirrors": [{"at": "daemon.registry-mirrors[http://m.example]", "value": "http://m.example"}],
	})
}

test_others if {
	rule.findings == set() with input as fixture.daemon({"insecure_registries": [{"at": "daemon.insecure-registries[127.0.0.0/8]", "value": "127.0.0.0/8"}], "mirrors": [{"at": "daemon.registry-mirrors[https://m.example]", "value": "https://m.example"}]})
	rule.findings == set() with input as fixture.project([])
}
