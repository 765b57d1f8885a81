# METADATA
# description: Findings about what services lack, each alone or one that says it of all.
package composelint.absence

import data.composelint.lint
import data.composelint.services
import data.composelint.zone

# findings are those of a rule about what services lack, given a message for each by name. In
# the API zone, and everywhere with --strict, that is a finding for each service. Elsewhere it is
# one note for the project, at the first such service, which says the summary of them all.
findings(lacking, summary) := alone | together if {
	affected := [service | some service in input.project.services; lacking[service.name]]
	alone := {lint.on(service, lacking[service.name]) | some service in affected; _judged_alone(service.name)}
	others := [service | some service in affected; not _judged_alone(service.name)]
	together := {lint.with_severity(finding, "note") | some finding in _one_finding(others, lacking, summary)}
}

_judged_alone(name) if name in zone.members

_judged_alone(_) if input.config.strict == true

_one_finding(affected, _, _) := set() if count(affected) == 0

_one_finding(affected, lacking, _) := {lint.on(affected[0], lacking[affected[0].name])} if count(affected) == 1

_one_finding(affected, _, summary) := {lint.with_related(lint.on(affected[0], message), related)} if {
	count(affected) > 1
	message := $"{count(affected)} {_plural({services.by_name[service.name].kind | some service in affected})} {summary}"
	others := array.slice(affected, 1, count(affected))
	related := [{"at": service.at, "label": services.by_name[service.name].called} | some service in others]
}

_plural(kinds) := $"{min(kinds)}s" if {
	count(kinds) == 1
} else := "services and jobs"
