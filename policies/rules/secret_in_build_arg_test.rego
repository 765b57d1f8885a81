package composelint.rules["secret-in-build-arg_test"]

import data.composelint.fixture
import data.composelint.rules["secret-in-build-arg"] as rule

test_arguments if {
	rule.findings == {
		{"at": "services.app.build.args[NPM_TOKEN]", "message": `the build argument "NPM_TOKEN" of service "app" holds a token or key, which the image keeps: use a secret of the build`},
		{"at": "services.app.build.args[RC]", "message": `the build argument "RC" of service "app" holds an npm token, which the image keeps: use a secret of the build`},
	} with input as fixture.project([fixture.built("app", {"args": fixture.settings("services.app.build", "args", {
		"NPM_TOKEN": "0a1b2c3d4e5f60718293",
		"RC": "//registry/:_authToken=npm_0123456789abcdefghijABCDEFGHIJ012345",
		"VERSION": "1.2",
	})})])
}

test_no_secret if {
	rule.findings == set() with input as fixture.project([fixture.built("app", {})])
}
