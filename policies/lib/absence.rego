# METADATA
# description: Findings about what services lack.
package composelint.absence

import data.composelint.lint
import data.composelint.zone

# findings are those of a rule about what services lack, given what it finds at each by name. In the API
# zone, and everywhere with --strict, the METADATA's severity counts. Elsewhere they are notes, which
# reports tell as one of the whole project, by the summary of what so many services do.
#     absence.findings({"web": {"at": "services.web", "message": "has no label \"team\""}}, "have no label \"team\"")
findings(lacking, summary) := alone | together if {
	affected := [service.name | some service in input.project.services; lacking[service.name]]
	alone := {lacking[name] | some name in affected; _judged_alone(name)}
	together := {object.union(note, {"summary": summary}) |
		some name in affected
		not _judged_alone(name)
		note := lint.with_severity(lacking[name], "note")
	}
}

_judged_alone(name) if name in zone.members

_judged_alone(_) if input.config.strict == true
