package composelint.fixture

# without_fixes are findings without their fixes, for tests of the findings alone.
#     fixture.without_fixes({{"at": "services.web", "fixes": []}})
without_fixes(findings) := {object.remove(finding, ["fixes"]) | some finding in findings}
